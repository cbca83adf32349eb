// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Routes} from "../src/Routes.sol";
import {Asset, IBridge, Mode} from "../src/interfaces/IBridge.sol";
import {World} from "./support/World.sol";
import {TestToken} from "./tokens/TestToken.sol";

contract ConfigurationTest is World {
    address private stranger = makeAddr("stranger");

    function setUp() public {
        _makeWorld(4);
        vm.chainId(HOME);
    }

    function test_Strangers_configure_nothing() public {
        bytes memory error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, stranger);
        vm.startPrank(stranger);
        vm.expectRevert(error);
        home.openLane(5, address(away));
        vm.expectRevert(error);
        home.registerAsset(8, address(wrapped), Mode.Lock);
        vm.expectRevert(error);
        home.setMinimumFee(ASSET, AWAY, 0);
        vm.expectRevert(error);
        home.setAuthority(stranger);
        vm.stopPrank();
    }

    function test_A_manager_without_code_is_refused() public {
        bytes memory code = _bridgeCode(stranger, members, threshold);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, stranger));
        _create(code);
    }

    function test_The_set_of_the_constructor_is_logged() public {
        bytes memory code = _bridgeCode(address(manager), members, threshold);
        vm.expectEmit();
        emit IBridge.ValidatorSetChanged(1, members, threshold);
        _create(code);
    }

    function test_A_fresh_lane_has_its_id_as_rolling_hash_and_sequence_0_both_ways() public {
        bytes32 outboundLane = _laneId(HOME, address(home), 5, stranger);
        bytes32 inboundLane = _laneId(5, stranger, HOME, address(home));
        vm.expectEmit(address(home));
        emit IBridge.LaneOpened(5, stranger, outboundLane, inboundLane);
        home.openLane(5, stranger);
        (uint64 sequence, bytes32 rollingHash) = home.outbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, outboundLane);
        (sequence, rollingHash) = home.inbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, inboundLane);
        assertEq(home.laneId(HOME, 5), outboundLane);
        assertEq(home.laneId(5, HOME), inboundLane);
    }

    function test_A_lane_that_is_not_open_has_nothing() public {
        (uint64 sequence, bytes32 rollingHash) = home.outbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, 0);
        (sequence, rollingHash) = home.inbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, 0);
        vm.expectRevert(abi.encodeWithSelector(IBridge.UnknownLane.selector, 5));
        home.laneId(HOME, 5);
        vm.expectRevert(abi.encodeWithSelector(IBridge.UnknownLane.selector, 5));
        home.laneId(5, HOME);
        vm.expectRevert(abi.encodeWithSelector(IBridge.UnknownLane.selector, 5));
        home.laneId(AWAY, 5); // a lane that does not touch this chain
    }

    function test_A_lane_opens_once_and_to_another_chain_only() public {
        vm.expectRevert(abi.encodeWithSelector(IBridge.LaneAlreadyOpen.selector, AWAY));
        home.openLane(AWAY, stranger);
        vm.expectRevert(abi.encodeWithSelector(IBridge.ChainIdRefused.selector, HOME));
        home.openLane(HOME, stranger);
        vm.expectRevert(abi.encodeWithSelector(IBridge.ChainIdRefused.selector, 0));
        home.openLane(0, stranger);
        vm.expectRevert(IBridge.RemoteBridgeZero.selector);
        home.openLane(5, address(0));
    }

    function test_An_asset_is_registered_once_with_one_token() public {
        TestToken token = new TestToken("Other", "OTH", 6);
        vm.expectEmit(address(home));
        emit IBridge.AssetRegistered(8, address(token), Mode.Lock);
        home.registerAsset(8, address(token), Mode.Lock);
        Asset memory asset = home.asset(8);
        assertEq(asset.token, address(token));
        assertEq(uint8(asset.mode), 1);
        assertEq(asset.locked, 0);

        vm.expectRevert(abi.encodeWithSelector(IBridge.AssetAlreadyRegistered.selector, 8, address(token)));
        home.registerAsset(8, address(wrapped), Mode.Lock);
        vm.expectRevert(abi.encodeWithSelector(IBridge.TokenAlreadyRegistered.selector, address(token), 8));
        home.registerAsset(9, address(token), Mode.Mint);
    }

    function test_What_is_not_an_asset_is_not_registered() public {
        vm.expectRevert(IBridge.AssetIdZero.selector);
        home.registerAsset(0, address(wrapped), Mode.Lock);
        vm.expectRevert(IBridge.ModeNone.selector);
        home.registerAsset(8, address(wrapped), Mode.None);
        vm.expectRevert(abi.encodeWithSelector(IBridge.TokenRefused.selector, stranger));
        home.registerAsset(8, stranger, Mode.Lock);
        vm.expectRevert(abi.encodeWithSelector(IBridge.TokenRefused.selector, address(home)));
        home.registerAsset(8, address(home), Mode.Lock);
        assertEq(uint8(home.asset(8).mode), 0);
    }

    function test_A_minimum_fee_needs_an_asset_and_can_be_changed() public {
        vm.expectRevert(abi.encodeWithSelector(IBridge.UnknownAsset.selector, 8));
        home.setMinimumFee(8, AWAY, 1);
        (uint128 minimum, bool set) = home.minimumFee(ASSET, AWAY);
        assertEq(minimum, MINIMUM);
        assertTrue(set);
        (, set) = home.minimumFee(ASSET, 5);
        assertFalse(set);

        vm.expectEmit(address(home));
        emit IBridge.MinimumFeeSet(ASSET, AWAY, 0);
        home.setMinimumFee(ASSET, AWAY, 0);
        (minimum, set) = home.minimumFee(ASSET, AWAY);
        assertEq(minimum, 0);
        assertTrue(set);
    }

    function testFuzz_A_minimum_fee_is_kept_exactly_or_refused(uint128 fee, uint8 shift) public {
        fee = shift % 2 == 0 ? fee : fee >> (shift / 2) << (shift / 2);
        uint256 lost;
        while (fee >> lost > type(uint80).max) ++lost;
        bool exact = uint256(fee >> lost) << lost == fee;
        if (!exact) vm.expectRevert(abi.encodeWithSelector(Routes.MinimumFeeNotExact.selector, fee, 1 << lost));
        home.setMinimumFee(ASSET, AWAY, fee);
        (uint128 minimum,) = home.minimumFee(ASSET, AWAY);
        assertEq(minimum, exact ? fee : MINIMUM);
    }
}
