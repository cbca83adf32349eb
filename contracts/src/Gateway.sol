// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7786GatewaySource, IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {InteroperableAddress} from "@openzeppelin/contracts/utils/draft-InteroperableAddress.sol";
import {EfficientHashLib} from "solady/utils/EfficientHashLib.sol";
import {Messages} from "./Messages.sol";
import {Call, IBridge} from "./interfaces/IBridge.sol";
import {IBridgeErrors} from "./interfaces/IBridgeErrors.sol";
import {IGateway, IGatewayAttributes} from "./interfaces/IGateway.sol";

/// @notice Calls whom users choose, and for that reason owns nothing and may do nothing. Its calls have one selector,
/// `receiveMessage`, or none. The Bridge that created it is the only one that it acts for.
contract Gateway is IGateway {
    using InteroperableAddress for bytes;
    using Messages for bytes;

    /// @notice Gas of a call whose sender asked for none.
    uint32 public constant DEFAULT_GAS = 200_000;

    /// @notice Gas for an account that is paid in the chain's own coin.
    uint256 public constant PAY_GAS = 50_000;
    uint256 private constant MAX_REASON = 256;
    /// @dev What the Bridge needs to defer a call that is not taken, and what a call needs here.
    uint256 private constant GAS_TO_DEFER = 80_000;
    uint256 private constant GAS_AROUND_CALL = 10_000;

    address public immutable bridge = msg.sender;

    modifier onlyBridge() {
        if (msg.sender != bridge) revert OnlyBridge(msg.sender);
        _;
    }

    /// @inheritdoc IERC7786GatewaySource
    /// @dev Nothing is left to do afterwards, so the id is 0. While the Bridge delivers, it takes no messages.
    function sendMessage(bytes calldata recipient, bytes calldata payload, bytes[] calldata attributes)
        external
        payable
        returns (bytes32 sendId)
    {
        Call memory call;
        (call.destinationChainId, call.recipient) = recipient.parseEvmV1Calldata();
        (call.sender, call.payload) = (msg.sender, payload);
        _readAttributes(attributes, call);
        IBridge(bridge).sendCall{value: msg.value}(call);

        bytes memory sender = InteroperableAddress.formatEvmV1(block.chainid, msg.sender);
        emit MessageSent(0, sender, recipient, payload, msg.value, attributes);
        return 0;
    }

    /// @inheritdoc IERC7786GatewaySource
    function supportsAttribute(bytes4 selector) public pure returns (bool) {
        return selector == IGatewayAttributes.gasLimit.selector || selector == IGatewayAttributes.transfer.selector;
    }

    /// @inheritdoc IGateway
    function execute(
        bytes32 receiveId,
        uint256 sourceChainId,
        address sender,
        address recipient,
        uint256 gasLimit,
        bytes calldata payload
    ) external onlyBridge {
        bytes memory from = InteroperableAddress.formatEvmV1(sourceChainId, sender);
        (, bool taken) = _call(receiveId, from, recipient, gasLimit, payload, 0);
        if (taken) return;
        bytes memory reason = _reason(recipient);
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    /// @inheritdoc IGateway
    function executeMany(bytes32 lane, uint64 firstSequence, uint256 sourceChainId, bytes calldata messages)
        external
        onlyBridge
        returns (Failure[] memory failures)
    {
        bytes memory from = InteroperableAddress.formatEvmV1(sourceChainId, address(0));
        (uint256 at, uint256 end) = messages.span();
        for (uint256 index; at < end; ++index) {
            bytes32 receiveId = EfficientHashLib.hash(lane, bytes32(firstSequence + index));
            address recipient = Messages.recipientAt(at);
            _setSender(from, Messages.senderAt(at));
            (bool done, bool taken) = _call(
                receiveId,
                from,
                recipient,
                Messages.gasLimitAt(at),
                Messages.payloadAt(at),
                GAS_TO_DEFER * (failures.length + 1)
            );
            if (!taken) failures = _append(failures, index, at - messages.start(), done, recipient);
            at += Messages.lengthAt(at);
        }
    }

    /// @inheritdoc IGateway
    function pay(address recipient) external payable onlyBridge {
        bool taken;
        uint256 gasLimit = PAY_GAS;
        assembly ("memory-safe") {
            taken := call(gasLimit, recipient, callvalue(), 0, 0, 0, 0)
        }
        if (!taken) revert CoinRefused(recipient);
    }

    function _readAttributes(bytes[] calldata attributes, Call memory call) private pure {
        uint256 transfers;
        for (uint256 i; i < attributes.length; ++i) {
            bytes4 selector = bytes4(attributes[i]);
            if (!supportsAttribute(selector)) revert UnsupportedAttribute(selector);
            if (selector == IGatewayAttributes.gasLimit.selector) {
                if (call.gasLimit != 0) revert AttributeRepeated(selector);
                call.gasLimit = abi.decode(attributes[i][4:], (uint32));
            } else {
                if (transfers++ != 0) revert AttributeRepeated(selector);
                (call.assetId, call.amount, call.fee) = abi.decode(attributes[i][4:], (uint32, uint128, uint128));
            }
        }
        if (call.gasLimit == 0) call.gasLimit = DEFAULT_GAS;
    }

    /// @dev Whether the call ends well, and whether the recipient takes it. Reverts unless it is sure to get its gas, and unless `reserve` is left even if it uses all.
    /// The memory of the input is used again: it would grow with the square of the messages.
    function _call(
        bytes32 receiveId,
        bytes memory from,
        address recipient,
        uint256 gasLimit,
        bytes calldata payload,
        uint256 reserve
    ) private returns (bool done, bool taken) {
        uint256 free;
        assembly ("memory-safe") {
            free := mload(0x40)
        }
        bytes memory input = abi.encodeCall(IERC7786Recipient.receiveMessage, (receiveId, from, payload));
        bytes32 expected = IERC7786Recipient.receiveMessage.selector;
        // A call keeps a 64th of the gas back.
        uint256 needed = gasLimit + gasLimit / 60 + reserve + GAS_AROUND_CALL;
        if (gasleft() < needed) revert IBridgeErrors.InsufficientGas(gasleft(), needed);
        assembly ("memory-safe") {
            done := call(gasLimit, recipient, 0, add(input, 0x20), mload(input), 0, 0x20)
            taken := and(and(done, gt(returndatasize(), 0x1f)), eq(mload(0), expected))
            mstore(0x40, free)
        }
    }

    /// @dev Writes into what `formatEvmV1` gives, which ends with the address.
    function _setSender(bytes memory from, address sender) private pure {
        assembly ("memory-safe") {
            let place := add(from, sub(mload(from), 20)) // 32 bytes before the end's 20
            let before := and(mload(add(place, 20)), not(0xffffffffffffffffffffffffffffffffffffffff))
            mstore(add(place, 20), or(before, sender))
        }
    }

    function _append(Failure[] memory failures, uint256 index, uint256 offset, bool done, address recipient)
        private
        view
        returns (Failure[] memory longer)
    {
        bytes memory reason = _reason(recipient);
        if (done && recipient.code.length != 0) revert AnsweredWrongly(recipient);
        longer = new Failure[](failures.length + 1);
        for (uint256 i; i < failures.length; ++i) {
            longer[i] = failures[i];
        }
        longer[failures.length] = Failure(index, offset, reason);
    }

    /// @dev Why the last call was not taken.
    function _reason(address recipient) private view returns (bytes memory) {
        uint256 size;
        assembly ("memory-safe") {
            size := returndatasize()
        }
        bytes memory returned = new bytes(size < MAX_REASON ? size : MAX_REASON);
        assembly ("memory-safe") {
            returndatacopy(add(returned, 0x20), 0, mload(returned))
        }
        if (recipient.code.length == 0) return abi.encodeWithSelector(RecipientWithoutCode.selector, recipient);
        return abi.encodeWithSelector(RecipientRefusedCall.selector, recipient, returned);
    }
}
