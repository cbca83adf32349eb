// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Asset, IBridge, Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";

/// @notice The assets of this chain: what they are, how they come in and how they go out.
abstract contract AssetBook is IBridge, AccessManaged {
    using SafeERC20 for IERC20;

    struct Minimum {
        uint128 fee;
        bool set;
    }

    mapping(uint32 assetId => Asset) private _assets;
    mapping(address token => uint32 assetId) private _assetOf;
    mapping(uint32 assetId => mapping(uint256 destinationChainId => Minimum)) private _minimums;

    /// @inheritdoc IBridge
    function registerAsset(uint32 assetId, address token, Mode mode) external restricted {
        if (assetId == 0) revert AssetIdZero();
        if (mode == Mode.None) revert ModeNone();
        if (token == address(this) || token.code.length == 0) revert TokenRefused(token);
        if (_assets[assetId].mode != Mode.None) revert AssetAlreadyRegistered(assetId, _assets[assetId].token);
        // Two ids for one token would let one of them mint or release what the other counts.
        if (_assetOf[token] != 0) revert TokenAlreadyRegistered(token, _assetOf[token]);

        _assets[assetId] = Asset(token, mode, 0);
        _assetOf[token] = assetId;
        emit AssetRegistered(assetId, token, mode);
    }

    /// @inheritdoc IBridge
    function setMinimumFee(uint32 assetId, uint256 destinationChainId, uint128 fee) external restricted {
        _known(assetId);
        _minimums[assetId][destinationChainId] = Minimum(fee, true);
        emit MinimumFeeSet(assetId, destinationChainId, fee);
    }

    /// @inheritdoc IBridge
    function asset(uint32 assetId) external view returns (Asset memory) {
        return _assets[assetId];
    }

    /// @inheritdoc IBridge
    function minimumFee(uint32 assetId, uint256 destinationChainId) external view returns (uint128 minimum, bool set) {
        return (_minimums[assetId][destinationChainId].fee, _minimums[assetId][destinationChainId].set);
    }

    function _known(uint32 assetId) internal view returns (Asset storage found) {
        found = _assets[assetId];
        if (found.mode == Mode.None) revert UnknownAsset(assetId);
    }

    function _requireFee(uint32 assetId, uint256 destinationChainId, uint128 fee) internal view {
        Minimum memory minimum = _minimums[assetId][destinationChainId];
        if (!minimum.set) revert MinimumFeeNotSet(assetId, destinationChainId);
        if (fee < minimum.fee) revert FeeTooLow(fee, minimum.fee);
    }

    /// @dev Locks or burns `amount` of the owner's tokens, and reverts unless the token's own books moved by exactly that.
    function _take(Asset storage of_, address owner, uint128 amount) internal {
        address token = of_.token;
        if (of_.mode == Mode.Mint) {
            uint256 supply = IERC20(token).totalSupply();
            IBridgedToken(token).crosschainBurn(owner, amount);
            uint256 burned = supply - IERC20(token).totalSupply();
            if (burned != amount) revert AmountNotBurned(burned, amount);
        } else {
            uint128 room = type(uint128).max - of_.locked;
            if (amount > room) revert AmountTooLarge(amount, room);
            of_.locked += amount;
            uint256 before = IERC20(token).balanceOf(address(this));
            IERC20(token).safeTransferFrom(owner, address(this), amount);
            uint256 received = IERC20(token).balanceOf(address(this)) - before;
            if (received != amount) revert AmountNotReceived(received, amount);
        }
    }

    /// @dev Releases or mints amounts[i] to recipients[i]: all of them, or it reverts.
    /// @param total the sum of the amounts
    function _give(uint32 assetId, Asset storage of_, address[] memory recipients, uint256[] memory amounts, uint256 total)
        internal
    {
        address token = of_.token;
        if (of_.mode == Mode.Mint) {
            IBridgedToken(token).crosschainMintRun(recipients, amounts);
        } else {
            uint128 locked = of_.locked;
            if (total > locked) revert InsufficientLocked(assetId, locked, total);
            of_.locked = locked - uint128(total);
            for (uint256 i; i < recipients.length; ++i) {
                // Some tokens refuse to move nothing.
                if (amounts[i] != 0) IERC20(token).safeTransfer(recipients[i], amounts[i]);
            }
        }
    }
}
