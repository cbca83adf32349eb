// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {AssetBook} from "./AssetBook.sol";
import {LaneBook} from "./LaneBook.sol";
import {Lane, Lanes} from "./Lanes.sol";
import {Messages} from "./Messages.sol";
import {ValidatorBook} from "./ValidatorBook.sol";
import {Asset, Certificate, IBridge} from "./interfaces/IBridge.sol";

/// @notice Holds the vault and the mint right. Immutable, and calls registered tokens only, never an address that a user chose.
contract Bridge is LaneBook, AssetBook, ValidatorBook, ReentrancyGuardTransient {
    using Messages for bytes;

    /// @dev Gas that an effect may use: this much for a run, and so much more for each of its messages. A failed effect counts
    /// as failed only if it had all of it, so nobody can spoil a message by sending too little gas; and a token that burns
    /// all it gets leaves enough to defer the message and go on.
    uint256 private constant GAS_PER_RUN = 250_000;
    uint256 private constant GAS_PER_MESSAGE = 50_000;

    /// @dev How much of a failed effect's return data the event repeats.
    uint256 private constant MAX_REASON = 256;

    mapping(uint256 sourceChainId => mapping(uint64 sequence => bytes32 messageHash)) private _deferred;

    constructor(address accessManager, address[] memory members, uint8 threshold)
        AccessManaged(accessManager)
        ValidatorBook(members, threshold)
    {
        if (accessManager.code.length == 0) revert AccessManagedInvalidAuthority(accessManager);
    }

    /// @inheritdoc IBridge
    function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        Lane storage lane = _outbound[destinationChainId];
        address remote = _openRemote(lane, destinationChainId);
        Asset storage sent = _known(assetId);
        if (amount == 0) revert AmountZero();
        if (fee > amount) revert Messages.FeeAboveAmount(fee, amount);
        _requireFee(assetId, destinationChainId, fee);
        if (recipient == address(0) || recipient == remote || recipient == address(this) || recipient == sent.token) {
            revert RecipientRefused(recipient);
        }

        bytes memory message = Messages.encode(assetId, recipient, amount, fee, msg.sender);
        sequence = lane.sequence + 1;
        messageId = Lanes.fold(lane.rollingHash, keccak256(message));
        lane.sequence = sequence;
        lane.rollingHash = messageId;
        emit MessageSent(destinationChainId, sequence, msg.sender, messageId, message);

        _take(sent, msg.sender, amount);
    }

    /// @inheritdoc IBridge
    function deliver(uint256 sourceChainId, uint64 firstSequence, bytes calldata messages, Certificate calldata certificate)
        external
        nonReentrant
    {
        Lane storage lane = _inbound[sourceChainId];
        address remote = _openRemote(lane, sourceChainId);
        uint64 next = lane.sequence + 1;
        if (firstSequence != next) revert SequenceNotNext(firstSequence, next);
        (bytes32 rollingHash, uint64 count) = _fold(lane.rollingHash, messages);
        uint64 lastSequence = firstSequence + count - 1;
        _requireQuorum(_inboundId(sourceChainId, remote), lastSequence, rollingHash, certificate);

        lane.sequence = lastSequence;
        lane.rollingHash = rollingHash;
        emit MessagesDelivered(sourceChainId, firstSequence, lastSequence, rollingHash, msg.sender);

        _takeEffects(sourceChainId, firstSequence, messages);
    }

    /// @inheritdoc IBridge
    function retry(uint256 sourceChainId, uint64 sequence, bytes calldata message) external nonReentrant {
        bytes32 expected = _deferred[sourceChainId][sequence];
        if (expected == 0) revert NotDeferred(sourceChainId, sequence);
        if (keccak256(message) != expected) revert WrongMessage(keccak256(message), expected);

        delete _deferred[sourceChainId][sequence];
        emit MessageRetried(sourceChainId, sequence, msg.sender);

        _settle(message, 1, msg.sender);
    }

    /// @notice The effect of `count` messages of one asset, all or nothing. The Bridge calls this on itself, to undo what failed.
    function settle(bytes calldata messages, uint256 count, address deliverer) external {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        _settle(messages, count, deliverer);
    }

    /// @inheritdoc IBridge
    function deferred(uint256 sourceChainId, uint64 sequence) external view returns (bytes32) {
        return _deferred[sourceChainId][sequence];
    }

    /// @dev Every byte is consumed: a short read, trailing bytes and an unknown kind revert.
    function _fold(bytes32 rollingHash, bytes calldata messages) private pure returns (bytes32, uint64 count) {
        if (messages.length == 0) revert Messages.NoMessages();
        for (uint256 offset; offset < messages.length; ++count) {
            uint256 end = offset + messages.checkedLength(offset);
            rollingHash = Lanes.fold(rollingHash, keccak256(messages[offset:end]));
            offset = end;
        }
        return (rollingHash, count);
    }

    function _takeEffects(uint256 sourceChainId, uint64 sequence, bytes calldata messages) private {
        for (uint256 offset; offset < messages.length;) {
            (uint256 end, uint256 count) = messages.runAt(offset);
            bytes calldata run = messages[offset:end];
            if (!_trySettle(run, count)) {
                // One message of the run stands in the way of the others: each on its own.
                _takeEffectOfEach(sourceChainId, sequence, run);
            }
            offset = end;
            sequence += uint64(count);
        }
    }

    function _takeEffectOfEach(uint256 sourceChainId, uint64 sequence, bytes calldata run) private {
        for (uint256 offset; offset < run.length; ++sequence) {
            uint256 end = offset + run.lengthAt(offset);
            bytes calldata message = run[offset:end];
            uint256 available = gasleft() / 64 * 63;
            if (!_trySettle(message, 1)) {
                bytes memory reason = _returned();
                if (available < GAS_PER_RUN + GAS_PER_MESSAGE) revert InsufficientGas(available, GAS_PER_RUN + GAS_PER_MESSAGE);
                _deferred[sourceChainId][sequence] = keccak256(message);
                emit MessageDeferred(sourceChainId, sequence, keccak256(message), reason);
            }
            offset = end;
        }
    }

    function _trySettle(bytes calldata run, uint256 count) private returns (bool) {
        try this.settle{gas: GAS_PER_RUN + count * GAS_PER_MESSAGE}(run, count, msg.sender) {
            return true;
        } catch {
            return false;
        }
    }

    /// @dev What the last call returned, at most MAX_REASON bytes of it: the callee must not choose what copying it costs.
    function _returned() private pure returns (bytes memory data) {
        uint256 size;
        assembly ("memory-safe") {
            size := returndatasize()
        }
        data = new bytes(size < MAX_REASON ? size : MAX_REASON);
        assembly ("memory-safe") {
            returndatacopy(add(data, 0x20), 0, mload(data))
        }
    }

    function _settle(bytes calldata messages, uint256 count, address deliverer) private {
        uint32 assetId = messages.assetIdAt(0);
        Asset storage settled = _known(assetId);
        address token = settled.token;

        address[] memory recipients = new address[](count + 1);
        uint256[] memory amounts = new uint256[](count + 1);
        uint256 total;
        uint256 fees;
        uint256 offset;
        for (uint256 i; i < count; ++i) {
            address recipient = messages.recipientAt(offset);
            // send refuses these for its own chain and cannot know them all for this one.
            if (recipient == address(this) || recipient == token) revert RecipientRefused(recipient);
            (uint256 amount, uint256 fee) = messages.amountsAt(offset);
            recipients[i] = recipient;
            amounts[i] = amount - fee;
            total += amount;
            fees += fee;
            offset += messages.lengthAt(offset);
        }
        recipients[count] = deliverer;
        amounts[count] = fees;

        _give(assetId, settled, recipients, amounts, total);
    }
}
