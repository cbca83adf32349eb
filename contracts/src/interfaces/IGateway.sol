// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7786GatewaySource} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";

/// @notice ERC-7786, at both ends. As a source it sends calls through the Bridge in the name of its caller; as a destination it does
/// what the Bridge has it do, which is everything that calls an address that a user chose.
interface IGateway is IERC7786GatewaySource {
    /// @notice A call that was not taken.
    /// @param index among the messages
    /// @param offset of its first byte
    /// @param reason at most the first 256 bytes of what it reverted with, wrapped
    struct Failure {
        uint256 index;
        uint256 offset;
        bytes reason;
    }

    error OnlyBridge(address caller);
    error RecipientWithoutCode(address recipient);
    error RecipientRefusedCall(address recipient, bytes reason);
    error AnsweredWrongly(address recipient);
    error CoinRefused(address recipient);
    error AttributeRepeated(bytes4 selector);

    /// @notice Calls `receiveMessage` of the recipient (ERC-7786), or reverts with what it reverted with, at most 256 bytes of it.
    /// @param gasLimit what the recipient gets; with less left, this reverts with InsufficientGas
    function execute(
        bytes32 receiveId,
        uint256 sourceChainId,
        address sender,
        address recipient,
        uint256 gasLimit,
        bytes calldata payload
    ) external;

    /// @notice The same for messages of kind 3 that bring nothing along, one behind the other, each with its own gas limit. Those that are
    /// not taken are told of; with too little gas left for any, all of it reverts with InsufficientGas. Where one ends well with a wrong
    /// answer, all of it reverts with AnsweredWrongly: what was done must be undone, and only `execute` can undo one alone.
    function executeMany(bytes32 lane, uint64 firstSequence, uint256 sourceChainId, bytes calldata messages)
        external
        returns (Failure[] memory failures);

    /// @notice Sends on what is paid along, with PAY_GAS for the recipient, or reverts where it does not take it.
    function pay(address recipient) external payable;
}

/// @notice The attributes that `sendMessage` knows, as ERC-7786 writes them: calls of these functions. Each may be given once.
interface IGatewayAttributes {
    /// @notice What the recipient can count on. Without it: DEFAULT_GAS.
    function gasLimit(uint32 gas) external;

    /// @notice Tokens that go along, which the Bridge takes from the caller: `amount` base units, of which whoever delivers gets `fee`.
    /// Of the chain's own coin, `amount` is what must be paid along. Without it none do, and nothing is paid.
    function transfer(uint32 assetId, uint128 amount, uint128 fee) external;
}
