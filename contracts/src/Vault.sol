// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeTransferLib} from "solady/utils/SafeTransferLib.sol";
import {AssetBook} from "./AssetBook.sol";
import {AssetWord} from "./AssetWords.sol";
import {Messages} from "./Messages.sol";
import {Meter} from "./Meters.sol";
import {Route} from "./Routes.sol";
import {Mode} from "./interfaces/IBridge.sol";
import {IBridgedToken} from "./interfaces/IBridgedToken.sol";
import {IGateway} from "./interfaces/IGateway.sol";
import {IWrappedNative} from "./interfaces/IWrappedNative.sol";

/// @notice How tokens come in and how they go out.
abstract contract Vault is AssetBook {
    using Messages for bytes;
    using SafeERC20 for IERC20;

    /// @dev A call with value to a new account, the gas it may use, and wrapping the coin if it refuses.
    uint256 private constant GAS_TO_PAY_NATIVE = 250_000;

    IGateway internal immutable _gateway;

    constructor(IGateway gateway_) {
        _gateway = gateway_;
    }

    /// @dev Takes exactly `amount` from the owner, or reverts.
    function _takeIn(Route route, uint32 assetId, address owner, uint128 amount) internal {
        if (route.limited()) _takeOutbound(assetId, amount);
        Mode mode = route.mode();
        if (msg.value != (mode == Mode.Native ? amount : 0)) revert ValueWrong(msg.value, mode == Mode.Native ? amount : 0);
        // A token that this Bridge may mint is trusted to burn: it could mint by itself what it did not burn.
        if (mode == Mode.Mint) return IBridgedToken(route.token()).crosschainBurnSent(owner, amount);

        Meter vault = _vault[assetId];
        unchecked {
            uint256 room = type(uint128).max - vault.count();
            if (amount > room) revert AmountTooLarge(amount, room);
        }
        _vault[assetId] = vault.increase(amount);
        if (mode == Mode.Lock) _pull(route.token(), owner, amount);
    }

    function _takeOutbound(uint32 assetId, uint256 amount) internal {
        (bool passes, Meter next) = _outboundMeter[assetId].take(amount);
        if (!passes) revert OutboundLimitExceeded(assetId, amount, _outboundMeter[assetId].passesAt(amount));
        _outboundMeter[assetId] = next;
    }

    /// @dev Reverts unless the Bridge then holds exactly `amount` more.
    function _pull(address token, address owner, uint128 amount) private {
        uint256 before = SafeTransferLib.balanceOf(token, address(this));
        IERC20(token).safeTransferFrom(owner, address(this), amount);
        unchecked {
            uint256 received = SafeTransferLib.balanceOf(token, address(this)) - before;
            if (received != amount) revert AmountNotReceived(received, amount);
        }
    }

    /// @dev Counts what the predecessor gives, and reverts unless all of it arrives.
    function _takeOver(uint32 assetId, uint256 amount) internal {
        if (_predecessors[assetId] != msg.sender) revert HandoverNotExpected(assetId, msg.sender);
        delete _predecessors[assetId];
        AssetWord asset = _known(assetId);
        uint256 value = asset.mode() == Mode.Native ? amount : 0;
        if (msg.value != value) revert ValueWrong(msg.value, value);
        uint256 room = type(uint128).max - _vault[assetId].count();
        if (amount > room) revert AmountTooLarge(amount, room);

        _vault[assetId] = _vault[assetId].increase(amount);
        emit HandoverReceived(assetId, msg.sender, amount);
        if (asset.mode() == Mode.Lock && amount != 0) _pull(asset.token(), msg.sender, uint128(amount));
    }

    /// @notice Pays all of it from what is locked, or reverts. The Bridge calls this on itself, to undo what failed.
    /// @param transfers of that asset, kinds 1 and 2, one behind the other
    function release(uint32 assetId, bytes calldata transfers, address feeTo) external {
        if (msg.sender != address(this)) revert OnlySelf(msg.sender);
        AssetWord asset = _known(assetId);
        (uint256 total, uint256 fees) = transfers.sum();
        Meter vault = _vault[assetId];
        if (total > vault.count()) revert InsufficientLocked(assetId, vault.count(), total);
        (bool passes, Meter next) = vault.take(total);
        if (!passes) revert InboundLimitExceeded(assetId, total, vault.passesAt(total));

        _vault[assetId] = next.decrease(total);

        (uint256 at, uint256 end) = transfers.span();
        for (; at < end; at += Messages.lengthAt(at)) {
            (uint256 amount, uint256 fee) = Messages.amountsAt(at);
            _payOut(asset, Messages.recipientAt(at), amount - fee);
        }
        _payFees(asset, feeTo, fees);
    }

    /// @dev Named, since it is the deliverer's own fault and must not be the recipients'.
    function _payFees(AssetWord asset, address feeTo, uint256 fees) private {
        if (fees == 0) return;
        if (asset.mode() == Mode.Native) return _payNative(asset.token(), feeTo, fees);
        if (!IERC20(asset.token()).trySafeTransfer(feeTo, fees)) revert DelivererRefused(feeTo, fees);
    }

    function _payOut(AssetWord asset, address recipient, uint256 amount) private {
        // Some tokens refuse to move nothing.
        if (amount == 0) return;
        // send refuses these for its own chain and cannot know them for this one.
        if (recipient == address(0) || recipient == address(this) || recipient == asset.token()) revert RecipientRefused(recipient);
        if (asset.mode() == Mode.Native) _payNative(asset.token(), recipient, amount);
        else IERC20(asset.token()).safeTransfer(recipient, amount);
    }

    /// @dev The Gateway makes the call: the Bridge itself calls nobody that a user chose. With this much gas left, it can only
    /// fail because the recipient does not take the coin.
    function _payNative(address wrapped, address recipient, uint256 amount) private {
        if (gasleft() < GAS_TO_PAY_NATIVE) revert InsufficientGas(gasleft(), GAS_TO_PAY_NATIVE);
        try _gateway.pay{value: amount}(recipient) {}
        catch {
            IWrappedNative(wrapped).deposit{value: amount}();
            IERC20(wrapped).safeTransfer(recipient, amount);
        }
    }
}
