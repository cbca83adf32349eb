// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {Payouts} from "./Payouts.sol";
import {Route, Routes} from "./Routes.sol";
import {Asset, IBridge, Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice The assets of this chain: what they are, how they come in and how they go out.
abstract contract AssetBook is IBridge, AccessManaged {
    using Payouts for bytes;
    using SafeERC20 for IERC20;

    struct Entry {
        address token;
        Mode mode;
        uint256 locked; // at most 2^128 - 1
    }

    mapping(uint32 assetId => Entry) private _assets;
    mapping(address token => uint32 assetId) private _assetOf;
    mapping(uint256 destinationChainId => mapping(uint32 assetId => Route)) private _routes;

    /// @inheritdoc IBridge
    function registerAsset(uint32 assetId, address token, Mode mode) external restricted {
        if (assetId == 0) revert AssetIdZero();
        if (mode == Mode.None) revert ModeNone();
        if (token == address(this) || token.code.length == 0) revert TokenRefused(token);
        if (_assets[assetId].mode != Mode.None) revert AssetAlreadyRegistered(assetId, _assets[assetId].token);
        // Two ids for one token would let one of them mint or release what the other counts.
        if (_assetOf[token] != 0) revert TokenAlreadyRegistered(token, _assetOf[token]);

        _assets[assetId] = Entry(token, mode, 0);
        _assetOf[token] = assetId;
        emit AssetRegistered(assetId, token, mode);
    }

    /// @inheritdoc IBridge
    function setMinimumFee(uint32 assetId, uint256 destinationChainId, uint128 fee) external restricted {
        (address token, Mode mode) = _known(assetId);

        _routes[destinationChainId][assetId] = Routes.make(token, mode, fee);
        emit MinimumFeeSet(assetId, destinationChainId, fee);
    }

    /// @inheritdoc IBridge
    function asset(uint32 assetId) external view returns (Asset memory) {
        Entry memory entry = _assets[assetId];
        return Asset(entry.token, entry.mode, uint128(entry.locked));
    }

    /// @inheritdoc IBridge
    function minimumFee(uint32 assetId, uint256 destinationChainId) external view returns (uint128 minimum, bool set) {
        Route route = _routes[destinationChainId][assetId];
        return (uint128(route.minimumFee()), Route.unwrap(route) != 0);
    }

    /// @dev Mode.None where the id is not registered.
    function _found(uint32 assetId) internal view returns (address token, Mode mode) {
        Entry storage found = _assets[assetId];
        return (found.token, found.mode);
    }

    function _known(uint32 assetId) internal view returns (address token, Mode mode) {
        (token, mode) = _found(assetId);
        if (mode == Mode.None) revert UnknownAsset(assetId);
    }

    function _route(uint32 assetId, uint256 destinationChainId) internal view returns (Route route) {
        route = _routes[destinationChainId][assetId];
        if (Route.unwrap(route) == 0) {
            _known(assetId);
            revert MinimumFeeNotSet(assetId, destinationChainId);
        }
    }

    /// @dev Reverts unless the Bridge then holds exactly `amount` more.
    function _lock(uint32 assetId, address token, address owner, uint128 amount) internal {
        Entry storage entry = _assets[assetId];
        uint256 locked = entry.locked;
        unchecked {
            uint256 room = type(uint128).max - locked;
            if (amount > room) revert AmountTooLarge(amount, room);

            entry.locked = locked + amount;

            uint256 before = SafeTransferLib.balanceOf(token, address(this));
            IERC20(token).safeTransferFrom(owner, address(this), amount);
            uint256 received = SafeTransferLib.balanceOf(token, address(this)) - before;
            if (received != amount) revert AmountNotReceived(received, amount);
        }
    }

    /// @dev Reverts unless exactly `amount` less exists then.
    function _burn(address token, address owner, uint128 amount) internal {
        uint256 supply = IERC20(token).totalSupply();
        IBridgedToken(token).crosschainBurn(owner, amount);
        uint256 burned = supply - IERC20(token).totalSupply();
        if (burned != amount) revert AmountNotBurned(burned, amount);
    }

    /// @notice Pays all of it from what is locked, or reverts. The Bridge calls this on itself, to undo what failed.
    /// @param total the sum of the payouts
    function release(uint32 assetId, bytes calldata payouts, uint256 total) external {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        (address token,) = _known(assetId);
        Entry storage entry = _assets[assetId];
        uint256 locked = entry.locked;
        if (total > locked) revert InsufficientLocked(assetId, locked, total);

        entry.locked = locked - total;

        (uint256 at, uint256 end) = payouts.span();
        while (at < end) {
            address recipient;
            uint256 amount;
            (recipient, amount, at) = Payouts.read(at);
            // Some tokens refuse to move nothing.
            if (amount == 0) continue;
            // send refuses these for its own chain and cannot know them for this one.
            if (recipient == address(this) || recipient == token) revert RecipientRefused(recipient);
            IERC20(token).safeTransfer(recipient, amount);
        }
    }
}
