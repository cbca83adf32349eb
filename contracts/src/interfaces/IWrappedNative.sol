// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice The chain's own coin as an ERC-20, as WETH9 defined it.
interface IWrappedNative {
    function deposit() external payable;
}
