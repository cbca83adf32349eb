// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {BridgedToken} from "../src/BridgedToken.sol";
import {Limit, Meters} from "../src/Meters.sol";
import {Messages} from "../src/Messages.sol";
import {IBridgedToken} from "../src/interfaces/IBridgedToken.sol";
import {Artifacts} from "./support/Artifacts.sol";

contract BridgedTokenTest is Artifacts {
    AccessManager private manager = _newManager();
    address private first = makeAddr("first bridge");
    address private second = makeAddr("second bridge");
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");
    BridgedToken private token = _newBridgedToken(address(manager), first, "Wrapped Dollar", "wUSD", 6);

    /// @dev Announces a bridge, waits, sets it, and waits for its bucket to fill.
    function _allow(address bridge, Limit memory limit) private {
        token.announceBridge(bridge, limit);
        vm.warp(block.timestamp + token.ANNOUNCEMENT());
        token.setBridge(bridge);
        vm.warp(block.timestamp + limit.period);
    }

    function _end(address bridge) private {
        token.lowerBridge(bridge, Limit(0, token.meter(bridge).limit().period));
    }

    function _pay(address to, uint128 amount) private pure returns (bytes memory) {
        return _transfer(to, amount, 0);
    }

    function _transfer(address to, uint128 amount, uint128 fee) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), uint32(1), to, amount, fee);
    }

    function test_It_is_what_it_was_deployed_as() public view {
        assertEq(token.name(), "Wrapped Dollar");
        assertEq(token.symbol(), "wUSD");
        assertEq(token.decimals(), 6);
        assertEq(token.totalSupply(), 0);
        assertTrue(token.supportsInterface(type(IERC7802).interfaceId));
        assertTrue(token.supportsInterface(type(IERC165).interfaceId));
        assertFalse(token.supportsInterface(0xffffffff));
    }

    function test_A_limit_without_a_period_is_refused_when_it_is_announced() public {
        vm.expectRevert(Meters.PeriodZero.selector);
        token.announceBridge(second, Limit(100, 0));
    }

    function test_The_first_bridge_mints_from_the_start_and_others_once_they_are_set() public {
        assertTrue(token.isBridge(first));
        assertFalse(token.isBridge(second));
        _assertRefused(second);

        token.announceBridge(second, Limit(100, 10));
        _assertRefused(second);
        vm.warp(block.timestamp + 7 days - 1);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AnnouncedTooLate.selector, block.timestamp + 1));
        token.setBridge(second);
        vm.warp(block.timestamp + 1);
        vm.expectEmit(address(token));
        emit IBridgedToken.BridgeSet(second, Limit(100, 10));
        token.setBridge(second);
        assertTrue(token.isBridge(second));
        vm.prank(second);
        token.crosschainMint(alice, 100);

        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.NotAnnounced.selector, second));
        token.setBridge(second);
    }

    function test_A_bridge_whose_right_has_ended_is_none() public {
        _allow(second, Limit(100, 10));
        address[2] memory bridges = [first, second];
        for (uint256 i; i < 2; ++i) {
            vm.prank(bridges[i]);
            token.crosschainMint(alice, 5);
            _end(bridges[i]);
            assertFalse(token.isBridge(bridges[i]));
            _assertRefused(bridges[i]);
            assertEq(token.totalSupply(), 5 * (i + 1)); // a right is no supply
        }
    }

    function test_A_limit_is_lowered_at_once_and_raised_only_after_the_announcement() public {
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.NotLower.selector, second));
        token.lowerBridge(second, Limit(1, 10));
        token.lowerBridge(first, Limit(100, 1 hours));
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.NotLower.selector, first));
        token.lowerBridge(first, Limit(101, 1 hours));
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.NotLower.selector, first));
        token.lowerBridge(first, Limit(100, 1 hours - 1));

        vm.startPrank(first);
        token.crosschainMint(alice, 60);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.MintLimitExceeded.selector, first, 41, block.timestamp + 36));
        token.crosschainMint(alice, 41);
        vm.warp(block.timestamp + 36);
        token.crosschainMint(alice, 41);
        vm.stopPrank();
        assertEq(token.totalSupply(), 101);
    }

    function _assertRefused(address bridge) private {
        bytes memory error = abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, bridge);
        vm.startPrank(bridge);
        vm.expectRevert(error);
        token.crosschainMint(alice, 1);
        vm.expectRevert(error);
        token.crosschainBurn(alice, 1);
        vm.expectRevert(error);
        token.crosschainMintMany(_pay(alice, 1), bob);
        vm.stopPrank();
    }

    function test_Only_the_manager_names_bridges() public {
        bytes memory error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice);
        vm.startPrank(alice);
        vm.expectRevert(error);
        token.announceBridge(alice, PLENTY);
        vm.expectRevert(error);
        token.setBridge(alice);
        vm.expectRevert(error);
        token.lowerBridge(first, Limit(0, 1));
        vm.stopPrank();
    }

    function test_A_manager_without_code_is_refused() public {
        bytes memory code = abi.encodePacked(vm.getCode("BridgedToken.sol:BridgedToken"), abi.encode(alice, first, PLENTY, "", "", 0));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, alice));
        _create(code);
    }

    function test_The_zero_address_is_no_first_bridge() public {
        bytes memory code = abi.encodePacked(
            vm.getCode("BridgedToken.sol:BridgedToken"), abi.encode(address(manager), address(0), PLENTY, "", "", 0)
        );
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, address(0)));
        _create(code);
    }

    function test_Mints_and_burns_are_logged_as_ERC_7802_says() public {
        vm.startPrank(first);
        vm.expectEmit(address(token));
        emit IERC20.Transfer(address(0), alice, 10);
        vm.expectEmit(address(token));
        emit IERC7802.CrosschainMint(alice, 10, first);
        token.crosschainMint(alice, 10);

        vm.expectEmit(address(token));
        emit IERC20.Transfer(alice, address(0), 4);
        vm.expectEmit(address(token));
        emit IERC7802.CrosschainBurn(alice, 4, first);
        token.crosschainBurn(alice, 4);
        vm.stopPrank();
        assertEq(token.balanceOf(alice), 6);
        assertEq(token.totalSupply(), 6);
    }

    function test_More_than_a_balance_cannot_be_burned() public {
        vm.startPrank(first);
        token.crosschainMint(alice, 10);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        token.crosschainBurn(alice, 11);
        vm.stopPrank();
    }

    function test_Nothing_is_minted_to_where_it_could_never_move() public {
        address[3] memory places = [address(0), address(token), first];
        vm.startPrank(first);
        for (uint256 i; i < 3; ++i) {
            bytes memory error = abi.encodeWithSelector(IBridgedToken.MintRefused.selector, places[i]);
            vm.expectRevert(error);
            token.crosschainMint(places[i], 1);
            vm.expectRevert(error);
            token.crosschainMintMany(bytes.concat(_pay(alice, 1), _pay(places[i], 1)), bob);
            vm.expectRevert(error);
            token.crosschainMintMany(_transfer(alice, 2, 1), places[i]);
        }
        vm.stopPrank();
        assertEq(token.totalSupply(), 0);
    }

    function test_The_supply_stays_below_128_bits() public {
        _allow(second, PLENTY);
        uint256 most = type(uint128).max;
        vm.startPrank(first);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AmountTooLarge.selector, most + 1, most));
        token.crosschainMint(alice, most + 1);
        token.crosschainMint(alice, most - (1 << 90));
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AmountTooLarge.selector, (1 << 90) + 1, 1 << 90));
        token.crosschainMint(alice, (1 << 90) + 1);
        vm.stopPrank();
        vm.startPrank(second);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AmountTooLarge.selector, (1 << 90) + 1, 1 << 90));
        token.crosschainMintMany(bytes.concat(_pay(alice, 1 << 90), _pay(bob, 1)), bob);
        token.crosschainMintMany(bytes.concat(_pay(alice, 1 << 89), _pay(bob, 1 << 89)), bob);
        vm.stopPrank();
        assertEq(token.totalSupply(), most);
        assertTrue(token.isBridge(first));
    }

    function test_A_cut_list_is_refused() public {
        vm.startPrank(first);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.TransfersCut.selector, 56));
        token.crosschainMintMany(abi.encodePacked(uint8(1), uint32(1), alice, uint128(1), uint120(0)), bob);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.TransfersCut.selector, 57));
        token.crosschainMintMany(abi.encodePacked(uint8(2), uint32(1), alice, uint128(1), uint128(0)), bob);
        vm.stopPrank();
    }

    function test_A_fee_above_its_amount_is_refused() public {
        vm.prank(first);
        vm.expectRevert(abi.encodeWithSelector(Messages.FeeAboveAmount.selector, 2, 1));
        token.crosschainMintMany(_transfer(alice, 1, 2), bob);
    }

    function test_Nothing_is_minted_for_an_empty_list_or_an_amount_of_0() public {
        vm.startPrank(first);
        token.crosschainMintMany("", bob);
        token.crosschainMintMany(_pay(alice, 0), address(0));
        vm.stopPrank();
        assertEq(token.totalSupply(), 0);
    }

    /// @dev The run writes Solady's slots itself; Solady's own mint must leave the same behind.
    function testFuzz_A_run_of_mints_does_what_as_many_mints_do(address[5] memory to, uint96[5] memory amounts, uint96[5] memory fees) public {
        BridgedToken other = _newBridgedToken(address(manager), first, "", "", 0);
        bytes memory payouts;
        vm.startPrank(first);
        for (uint256 i; i < 5; ++i) {
            if (to[i] == address(0) || to[i] == first || to[i] == address(token) || to[i] == address(other)) to[i] = alice;
            payouts = bytes.concat(payouts, _transfer(to[i], amounts[i], fees[i] = uint96(bound(fees[i], 0, amounts[i]))));
            other.crosschainMint(to[i], amounts[i] - fees[i]);
            other.crosschainMint(bob, fees[i]);
        }
        token.crosschainMintMany(payouts, bob);
        vm.stopPrank();
        for (uint256 i; i < 5; ++i) {
            assertEq(token.balanceOf(to[i]), other.balanceOf(to[i]));
        }
        assertEq(token.balanceOf(bob), other.balanceOf(bob));
        assertEq(token.totalSupply(), other.totalSupply());
        assertTrue(token.isBridge(first));
    }

    function test_A_permit_is_taken_as_ERC_2612_says() public {
        uint256 key = uint256(keccak256("owner"));
        address owner = vm.addr(key);
        bytes32 permit = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 digest = keccak256(
            abi.encodePacked(
                hex"1901", token.DOMAIN_SEPARATOR(), keccak256(abi.encode(permit, owner, bob, 7, 0, block.timestamp))
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        token.permit(owner, bob, 7, block.timestamp, v, r, s);
        assertEq(token.allowance(owner, bob), 7);
        assertEq(token.nonces(owner), 1);
        vm.expectRevert(ERC20.InvalidPermit.selector);
        token.permit(owner, bob, 7, block.timestamp, v, r, s);
    }

    function test_Permit2_has_no_allowance_that_was_not_given() public {
        vm.prank(first);
        token.crosschainMint(alice, 10);
        address permit2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
        assertEq(token.allowance(alice, permit2), 0);
        vm.prank(permit2);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        token.transferFrom(alice, bob, 1);
    }
}
