// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

/// @notice Who can take over what a Bridge holds of an asset.
interface IHandoverReceiver {
    /// @notice Takes all of `amount`, or reverts. The caller is the Bridge that hands over; the coin comes along, a token is allowed
    /// and must be pulled.
    /// @param amount base units
    function receiveHandover(uint32 assetId, uint256 amount) external payable;
}
