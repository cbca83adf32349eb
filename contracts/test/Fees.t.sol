// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Floats} from "../src/Floats.sol";
import {Call, Fees} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
import {Scenes} from "./support/Scenes.sol";

/// @notice An oracle moves the minimum fees, within bounds that it does not set.
contract FeesTest is Scenes {
    Fees private low = Fees(10, 20, 30, 4, 5);
    Fees private high = Fees(100, 200, 300, 40, 50);

    function setUp() public {
        _makeScene();
        _allow(home, home.setMinimumFees.selector, FEE_ORACLE);
        vm.expectEmit(address(home));
        emit IBridgeEvents.FeeBoundsSet(ASSET, AWAY, low, high);
        home.setFeeBounds(ASSET, AWAY, low, high);
    }

    function _set(uint32 assetId, uint256 destination, Fees memory fees, bytes memory error) private {
        vm.prank(oracle);
        if (error.length != 0) vm.expectRevert(error);
        home.setMinimumFees(assetId, destination, fees);
    }

    function _outOfBounds(uint32 assetId, uint256 destination) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IBridgeErrors.FeesOutOfBounds.selector, assetId, destination);
    }

    /// @dev The fees with one of the five replaced.
    function _with(Fees memory fees, uint256 which, int256 more) private pure returns (Fees memory changed) {
        changed = abi.decode(abi.encode(fees), (Fees));
        assembly ("memory-safe") {
            let at := add(changed, mul(which, 0x20))
            mstore(at, add(mload(at), more))
        }
    }

    function test_The_oracle_sets_them_within_the_bounds_and_no_further() public {
        vm.expectEmit(address(home));
        emit IBridgeEvents.MinimumFeesSet(ASSET, AWAY, low);
        _set(ASSET, AWAY, low, "");
        _set(ASSET, AWAY, high, "");
        for (uint256 i; i < 5; ++i) {
            _set(ASSET, AWAY, _with(low, i, -1), _outOfBounds(ASSET, AWAY));
            _set(ASSET, AWAY, _with(high, i, 1), _outOfBounds(ASSET, AWAY));
            _set(ASSET, AWAY, _with(high, i, -1), "");
        }
        vm.prank(oracle);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, oracle));
        home.setFeeBounds(ASSET, AWAY, low, high);
    }

    function test_Bounds_that_leave_no_room_are_refused() public {
        for (uint256 i; i < 5; ++i) {
            Fees memory highest = _with(low, i, -1);
            vm.expectRevert(_outOfBounds(ASSET, AWAY));
            home.setFeeBounds(ASSET, AWAY, low, highest);
        }
        home.setFeeBounds(ASSET, AWAY, low, low);
        (Fees memory lowest, Fees memory most) = home.feeBounds(ASSET, AWAY);
        assertEq(abi.encode(lowest), abi.encode(most));
        assertEq(abi.encode(lowest), abi.encode(low));
    }

    function test_Without_bounds_nothing_is_within_them_not_even_nothing() public {
        Fees memory none;
        home.openLane(5, address(away));
        _set(ASSET, 5, none, _outOfBounds(ASSET, 5));
        _set(0, AWAY, none, _outOfBounds(0, AWAY));
        home.setFeeBounds(0, AWAY, none, none);
        _set(0, AWAY, none, "");
    }

    function test_Fees_are_for_lanes_that_are_open_and_assets_that_are_registered() public {
        home.setFeeBounds(ASSET, 5, low, high);
        _set(ASSET, 5, low, abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        home.setFeeBounds(8, AWAY, low, high);
        _set(8, AWAY, low, abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 8));
    }

    function test_Each_fee_counts_for_its_kind() public {
        _set(ASSET, AWAY, low, "");
        original.mint(alice, 1e6);
        vm.startPrank(alice);
        original.approve(address(home), 1e6);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 9, 10));
        home.send(AWAY, ASSET, alice, 100, 9);
        home.send(AWAY, ASSET, alice, 100, 10);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, 19, 20));
        home.send(AWAY, ASSET, bob, 100, 19);
        home.send(AWAY, ASSET, bob, 100, 20);
        uint128 least = 30 + 4 * 1000 + 5 * 7;
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.FeeTooLow.selector, least - 1, least));
        home.sendCall(Call(AWAY, ASSET, alice, bob, 1e5, least - 1, 1000, "payload"));
        home.sendCall(Call(AWAY, ASSET, alice, bob, 1e5, least, 1000, "payload"));
        vm.stopPrank();
    }

    function test_They_are_kept_exactly_or_refused() public {
        Fees memory most = Fees(type(uint128).max, type(uint128).max, type(uint128).max, type(uint64).max, type(uint64).max);
        Fees memory none;
        home.setFeeBounds(ASSET, AWAY, none, most);
        _set(ASSET, AWAY, Fees((1 << 36) + 1, 0, 0, 0, 0), abi.encodeWithSelector(Floats.NotExact.selector, (1 << 36) + 1, 2));
        _set(ASSET, AWAY, Fees(0, (1 << 36) + 1, 0, 0, 0), abi.encodeWithSelector(Floats.NotExact.selector, (1 << 36) + 1, 2));
        _set(ASSET, AWAY, Fees(0, 0, 1 << 120, 0, 0), abi.encodeWithSelector(IBridgeErrors.FeeTooLarge.selector, 1 << 120));
        Fees memory fees = Fees(1 << 36, 3, type(uint120).max, type(uint64).max, type(uint64).max - 1);
        _set(ASSET, AWAY, fees, "");
        (Fees memory found, bool set) = home.minimumFees(ASSET, AWAY);
        assertTrue(set);
        assertEq(abi.encode(found), abi.encode(fees));
    }

    function test_Calls_without_tokens_go_once_asset_0_is_priced() public {
        Fees memory none;
        Call memory call = Call(AWAY, 0, alice, bob, 0, 0, 1000, "payload");
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.MinimumFeeNotSet.selector, 0, AWAY));
        home.sendCall(call);
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 0));
        home.send(AWAY, 0, bob, 1, 0);
        home.setFeeBounds(0, AWAY, none, none);
        _set(0, AWAY, none, "");
        (, bool set) = home.minimumFees(0, AWAY);
        assertTrue(set);
        vm.startPrank(alice);
        home.sendCall(call);
        (call.amount, call.fee) = (1, 0);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownAsset.selector, 0));
        home.sendCall(call);
    }
}
