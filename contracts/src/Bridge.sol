// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {AssetBook} from "./AssetBook.sol";
import {Effects} from "./Effects.sol";
import {LaneBook} from "./LaneBook.sol";
import {Lane, Lanes, LaneWord} from "./Lanes.sol";
import {Messages} from "./Messages.sol";
import {Route} from "./Routes.sol";
import {ValidatorBook} from "./ValidatorBook.sol";
import {Certificate, IBridge} from "./interfaces/IBridge.sol";

/// @notice Holds the vault and the mint right. Immutable, and calls registered tokens only, never an address that a user chose.
contract Bridge is LaneBook, Effects, ValidatorBook, ReentrancyGuardTransient {
    using Messages for bytes;

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
        LaneWord word = _openWord(lane, destinationChainId);
        Route route = _route(assetId, destinationChainId);
        _checkTransfer(recipient, amount, fee, word.remote(), route);

        bytes memory message = Messages.encode(assetId, recipient, amount, fee, msg.sender);
        messageId = Lanes.fold(lane.rollingHash, keccak256(message));
        word = word.advance(1);
        sequence = word.sequence();
        (lane.word, lane.rollingHash) = (word, messageId);
        emit MessageSent(destinationChainId, sequence, msg.sender, messageId, message);

        if (route.mints()) _burn(route.token(), msg.sender, amount);
        else _lock(assetId, route.token(), msg.sender, amount);
    }

    /// @inheritdoc IBridge
    function deliver(uint256 sourceChainId, uint64 firstSequence, bytes calldata messages, Certificate calldata certificate)
        external
        nonReentrant
    {
        Lane storage lane = _inbound[sourceChainId];
        LaneWord word = _openWord(lane, sourceChainId);
        uint64 next = word.advance(1).sequence();
        if (firstSequence != next) revert SequenceNotNext(firstSequence, next);
        (bytes32 rollingHash, uint256 count) = messages.fold(lane.rollingHash);
        word = word.advance(count);
        _requireQuorum(_inboundId(sourceChainId, word.remote()), word.sequence(), rollingHash, certificate);

        (lane.word, lane.rollingHash) = (word, rollingHash);
        emit MessagesDelivered(sourceChainId, firstSequence, word.sequence(), rollingHash, msg.sender);

        _takeEffects(sourceChainId, firstSequence, messages);
    }

    /// @inheritdoc IBridge
    function retry(uint256 sourceChainId, uint64 sequence, bytes calldata message) external nonReentrant {
        _retry(sourceChainId, sequence, message);
    }

    function _checkTransfer(address recipient, uint128 amount, uint128 fee, address remote, Route route) private view {
        if (amount == 0) revert AmountZero();
        if (fee > amount) revert Messages.FeeAboveAmount(fee, amount);
        if (fee < route.minimumFee()) revert FeeTooLow(fee, route.minimumFee());
        if (recipient == address(0) || recipient == address(this) || recipient == remote || recipient == route.token()) {
            revert RecipientRefused(recipient);
        }
    }
}
