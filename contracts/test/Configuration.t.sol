// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {Floats} from "../src/Floats.sol";
import {Limit} from "../src/Meters.sol";
import {Asset, Fees, Mode} from "../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../src/interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "../src/interfaces/IBridgeEvents.sol";
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
        home.registerAsset(8, address(wrapped), Mode.Lock, PLENTY);
        vm.expectRevert(error);
        home.setMinimumFees(ASSET, AWAY, Fees(0, 0, 0, 0, 0));
        vm.expectRevert(error);
        IAccessManaged(address(home)).setAuthority(stranger);
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
        emit IBridgeEvents.ValidatorSetChanged(1, members, threshold);
        _create(code);
    }

    function test_A_fresh_lane_has_its_id_as_rolling_hash_and_sequence_0_both_ways() public {
        bytes32 outboundLane = _laneId(HOME, address(home), 5, stranger);
        bytes32 inboundLane = _laneId(5, stranger, HOME, address(home));
        vm.expectEmit(address(home));
        emit IBridgeEvents.LaneOpened(5, stranger, outboundLane, inboundLane);
        home.openLane(5, stranger);
        (uint64 sequence, bytes32 rollingHash) = home.outbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, outboundLane);
        assertEq(home.inbound(5), inboundLane);
        assertEq(home.laneId(HOME, 5), outboundLane);
        assertEq(home.laneId(5, HOME), inboundLane);
    }

    function test_A_lane_that_is_not_open_has_nothing() public {
        (uint64 sequence, bytes32 rollingHash) = home.outbound(5);
        assertEq(sequence, 0);
        assertEq(rollingHash, 0);
        assertEq(home.inbound(5), 0);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        home.laneId(HOME, 5);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        home.laneId(5, HOME);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLane.selector, 5));
        home.laneId(AWAY, 5); // a lane that does not touch this chain
    }

    function test_A_lane_opens_once_and_to_another_chain_only() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.LaneAlreadyOpen.selector, AWAY));
        home.openLane(AWAY, stranger);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ChainIdRefused.selector, HOME));
        home.openLane(HOME, stranger);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.ChainIdRefused.selector, 0));
        home.openLane(0, stranger);
        vm.expectRevert(IBridgeErrors.RemoteBridgeZero.selector);
        home.openLane(5, address(0));
    }

    function test_An_asset_is_registered_once_with_one_token() public {
        TestToken token = new TestToken("Other", "OTH", 6);
        vm.expectEmit(address(home));
        emit IBridgeEvents.AssetRegistered(8, address(token), Mode.Lock);
        home.registerAsset(8, address(token), Mode.Lock, PLENTY);
        Asset memory asset = home.asset(8);
        assertEq(asset.token, address(token));
        assertEq(uint8(asset.mode), 1);
        assertEq(asset.locked, 0);

        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetAlreadyRegistered.selector, 8, address(token)));
        home.registerAsset(8, address(wrapped), Mode.Lock, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenAlreadyRegistered.selector, address(token), 8));
        home.registerAsset(9, address(token), Mode.Mint, Limit(0, 0));
    }

    function test_What_is_not_an_asset_is_not_registered() public {
        vm.expectRevert(IBridgeErrors.AssetIdZero.selector);
        home.registerAsset(0, address(wrapped), Mode.Lock, PLENTY);
        vm.expectRevert(IBridgeErrors.ModeNone.selector);
        home.registerAsset(8, address(wrapped), Mode.None, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, stranger));
        home.registerAsset(8, stranger, Mode.Lock, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenRefused.selector, address(home)));
        home.registerAsset(8, address(home), Mode.Lock, PLENTY);
        assertEq(uint8(home.asset(8).mode), 0);
    }
}
