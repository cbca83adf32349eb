// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";

/// @notice ERC-7802, and one call more that mints to many: a Bridge delivers a batch with one call into the token.
interface IBridgedToken is IERC7802 {
    event BridgeSet(address indexed bridge, bool allowed);

    error BridgeRefused(address caller);
    error MintRefused(address to);
    error AmountTooLarge(uint256 amount);

    /// @notice Mints to each recipient its amount; entries of amount 0 are passed over. Emits the Transfer events of the mints
    /// and no CrosschainMint: the Bridge's own event tells which messages the run was for.
    /// @param payouts (recipient, amount), packed as 20 and 32 bytes each; every amount below 2^128
    function crosschainMintMany(bytes calldata payouts) external;

    /// @notice Names a bridge that may mint and burn, or ends its right.
    function setBridge(address bridge, bool allowed) external;

    function isBridge(address bridge) external view returns (bool);
}
