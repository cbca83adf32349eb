// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Call, Certificate} from "./IBridge.sol";

/// @notice Sending and delivering: both ends of every lane between this chain and others.
interface ITransfers {
    /// @notice Takes `amount` of the caller's tokens and appends a message to the lane. The message is of kind 1 where the caller is
    /// the recipient and of kind 2 otherwise. Of the chain's own coin, `amount` is what must be paid along.
    /// @param amount base units, at least 1; the recipient gets amount - fee
    /// @param fee base units of the same asset, at most amount and at least the minimum; whoever delivers gets it
    /// @return sequence the message's position in the lane
    /// @return messageId the lane's rolling hash at that position
    function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        payable
        returns (uint64 sequence, bytes32 messageId);

    /// @notice `send`, with the caller's tokens, in the name of `sender`, who a refund would go to. For contracts with the role for it.
    function sendFor(address sender, uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        payable
        returns (uint64 sequence, bytes32 messageId);

    /// @notice Like `send`, and the recipient is called (kind 3). Tokens and call take effect together or not at all.
    function sendCall(Call calldata call) external payable returns (uint64 sequence, bytes32 messageId);

    /// @notice Presents messages `firstSequence`, `firstSequence + 1`, … and a certificate over the last of them. Anyone may call.
    /// A message whose effect fails is deferred; anything else wrong reverts the whole delivery.
    /// @param lane the id of the lane into this chain
    /// @param messages the wire bytes of the messages, one behind the other, that follow what was delivered before
    function deliver(bytes32 lane, uint64 firstSequence, bytes calldata messages, Certificate calldata certificate) external;

    /// @notice Takes the effect of a deferred message, fee to the caller, or reverts with what stands in the way. Anyone may call.
    /// A call is given all gas that is there, and never less than its gas limit.
    function retry(bytes32 lane, uint64 sequence, bytes calldata message) external;

    /// @notice Gives up a deferred message and sends its amount back to its sender through the reverse lane, for its fee or the
    /// minimum there. The recipient may call at any time, anyone `REFUND_DELAY` after the message was deferred.
    function refund(bytes32 lane, uint64 sequence, bytes calldata message) external;

    /// @notice The last sequence sent to `chainId` and the lane's rolling hash there; (0, 0) where no lane is open.
    function outbound(uint256 chainId) external view returns (uint64 sequence, bytes32 rollingHash);

    /// @notice The rolling hash, which is the message id, of the last message delivered from `chainId`; the lane's id before the
    /// first, and 0 where no lane is open. The sequence that belongs to it stands in the last MessagesDelivered.
    function inbound(uint256 chainId) external view returns (bytes32 rollingHash);

    /// @notice The id of the lane between two chains, of which one is this chain and the other has an open lane with it.
    function laneId(uint256 sourceChainId, uint256 destinationChainId) external view returns (bytes32);

    /// @notice keccak256 of the deferred message's bytes, or 0.
    function deferred(bytes32 lane, uint64 sequence) external view returns (bytes32);

    /// @return messageHash keccak256 of the message's bytes, or 0
    /// @return since when it was deferred, in seconds of the chain
    /// @return heldUntil before when it cannot be retried; 0 unless it is larger than its asset's threshold
    function deferral(bytes32 lane, uint64 sequence) external view returns (bytes32 messageHash, uint64 since, uint64 heldUntil);

    /// @notice The powerless contract that makes the calls.
    function gateway() external view returns (address);

    /// @notice The contract whose code answers for IBridgeSettings.
    function settings() external view returns (address);

    /// @notice Seconds after which anyone may refund a deferred message.
    function REFUND_DELAY() external view returns (uint64);
}
