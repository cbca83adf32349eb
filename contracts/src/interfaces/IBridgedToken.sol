// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {Limit, Meter} from "../Meters.sol";

/// @notice ERC-7802, and what a Bridge uses in its stead, whose own events say what it sends and delivers: a burn, and a mint to many, with which it
/// delivers a batch with one call into the token.
interface IBridgedToken is IERC7802 {
    event BridgeAnnounced(address indexed bridge, Limit limit, uint64 readyAt);
    event BridgeSet(address indexed bridge, Limit limit);

    error BridgeRefused(address caller);
    error MintRefused(address to);
    error TransfersCut(uint256 length);
    error AmountTooLarge(uint256 amount, uint256 room);
    error MintLimitExceeded(address bridge, uint256 amount, uint64 passesAt);
    error NotAnnounced(address bridge);
    error AnnouncedTooLate(uint64 readyAt);
    error NotLower(address bridge);

    /// @notice Mints what transfers pay: amount - fee to each recipient and the sum of the fees to `feeTo`, out of the caller's limit.
    /// Emits the Transfer events of the mints and no CrosschainMint: the Bridge's own event tells which messages the run was for.
    /// @param transfers in the wire format of MESSAGE.md, of kinds 1 and 2, one behind the other; their asset ids are not looked at
    function crosschainMintMany(bytes calldata transfers, address feeTo) external;

    /// @notice Burns what the caller's own event tells of: `crosschainBurn` without its event.
    function crosschainBurnSent(address from, uint256 amount) external;

    /// @notice Says that a bridge will get a limit on what it mints, ANNOUNCEMENT seconds from now at the earliest. Restricted.
    function announceBridge(address bridge, Limit calldata limit) external;

    /// @notice Gives an announced bridge its limit. Restricted.
    function setBridge(address bridge) external;

    /// @notice Lowers a bridge's limit at once: less capacity and no shorter period, a capacity of 0 ends its right to mint and
    /// burn. Restricted.
    function lowerBridge(address bridge, Limit calldata limit) external;

    /// @notice Whether it may mint and burn: whether its limit has any capacity.
    function isBridge(address bridge) external view returns (bool);

    /// @notice The bucket that a bridge mints from; its count means the supply for the first bridge and nothing for others.
    function meter(address bridge) external view returns (Meter);

    /// @return limit of a bridge, as announced; (0, 0) and 0 where nothing is
    function announced(address bridge) external view returns (Limit memory limit, uint64 readyAt);
}
