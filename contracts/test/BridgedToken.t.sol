// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {IERC7802} from "@openzeppelin/contracts/interfaces/draft-IERC7802.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {BridgedToken} from "../src/BridgedToken.sol";
import {Payouts} from "../src/Payouts.sol";
import {IBridgedToken} from "../src/interfaces/IBridgedToken.sol";
import {Artifacts} from "./support/Artifacts.sol";

contract BridgedTokenTest is Artifacts {
    AccessManager private manager = _newManager();
    address private first = makeAddr("first bridge");
    address private second = makeAddr("second bridge");
    address private alice = makeAddr("alice");
    address private bob = makeAddr("bob");
    BridgedToken private token = _newBridgedToken(address(manager), first, "Wrapped Dollar", "wUSD", 6);

    function _allow(address bridge) private {
        token.setBridge(bridge, true);
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

    function test_Nobody_is_a_bridge_until_it_is_named_and_none_after_its_right_has_ended() public {
        address[2] memory bridges = [first, second];
        for (uint256 i; i < 2; ++i) {
            assertFalse(token.isBridge(bridges[i]));
            _assertRefused(bridges[i]);

            vm.expectEmit(address(token));
            emit IBridgedToken.BridgeSet(bridges[i], true);
            _allow(bridges[i]);
            assertTrue(token.isBridge(bridges[i]));
            vm.prank(bridges[i]);
            token.crosschainMint(alice, 5);

            token.setBridge(bridges[i], false);
            assertFalse(token.isBridge(bridges[i]));
            _assertRefused(bridges[i]);
            assertEq(token.totalSupply(), 5 * (i + 1)); // a right is no supply
        }
    }

    function _assertRefused(address bridge) private {
        bytes memory error = abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, bridge);
        vm.startPrank(bridge);
        vm.expectRevert(error);
        token.crosschainMint(alice, 1);
        vm.expectRevert(error);
        token.crosschainBurn(alice, 1);
        vm.expectRevert(error);
        token.crosschainMintMany(abi.encodePacked(alice, uint256(1)));
        vm.stopPrank();
    }

    function test_The_first_bridges_right_does_not_reach_the_second() public {
        _allow(first);
        _assertRefused(second);
        token.setBridge(first, false);
        _allow(second);
        _assertRefused(first);
    }

    function test_Only_the_manager_names_bridges() public {
        vm.prank(alice);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, alice));
        token.setBridge(alice, true);
    }

    function test_A_manager_without_code_is_refused() public {
        bytes memory code = abi.encodePacked(vm.getCode("BridgedToken.sol:BridgedToken"), abi.encode(alice, first, "", "", 0));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedInvalidAuthority.selector, alice));
        _create(code);
    }

    function test_Mints_and_burns_are_logged_as_ERC_7802_says() public {
        _allow(first);
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
        _allow(first);
        vm.startPrank(first);
        token.crosschainMint(alice, 10);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        token.crosschainBurn(alice, 11);
        vm.stopPrank();
    }

    function test_Nothing_is_minted_to_where_it_could_never_move() public {
        _allow(first);
        address[3] memory places = [address(0), address(token), first];
        vm.startPrank(first);
        for (uint256 i; i < 3; ++i) {
            bytes memory error = abi.encodeWithSelector(IBridgedToken.MintRefused.selector, places[i]);
            vm.expectRevert(error);
            token.crosschainMint(places[i], 1);
            vm.expectRevert(error);
            token.crosschainMintMany(abi.encodePacked(alice, uint256(1), places[i], uint256(1)));
        }
        vm.stopPrank();
        assertEq(token.totalSupply(), 0);
    }

    function test_Amounts_of_more_than_128_bits_are_refused() public {
        _allow(first);
        uint256 most = type(uint128).max;
        vm.startPrank(first);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AmountTooLarge.selector, most + 1));
        token.crosschainMint(alice, most + 1);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AmountTooLarge.selector, most + 1));
        token.crosschainMintMany(abi.encodePacked(alice, most + 1));
        vm.expectPartialRevert(IBridgedToken.AmountTooLarge.selector);
        token.crosschainMintMany(abi.encodePacked(alice, type(uint256).max, bob, uint256(1)));
        token.crosschainMintMany(abi.encodePacked(alice, most, bob, most));
        assertEq(token.totalSupply(), 2 * most);
        assertTrue(token.isBridge(first));
        vm.stopPrank();
    }

    function test_A_cut_list_is_refused() public {
        _allow(first);
        vm.prank(first);
        vm.expectRevert(abi.encodeWithSelector(Payouts.PayoutsCut.selector, 53));
        token.crosschainMintMany(abi.encodePacked(alice, uint256(1), hex"00"));
    }

    function test_Nothing_is_minted_and_logged_for_an_empty_list_or_an_amount_of_0() public {
        _allow(first);
        vm.recordLogs();
        vm.startPrank(first);
        token.crosschainMintMany("");
        token.crosschainMintMany(abi.encodePacked(alice, uint256(0), address(0), uint256(0)));
        vm.stopPrank();
        assertEq(token.totalSupply(), 0);
        assertEq(vm.getRecordedLogs().length, 0);
    }

    /// @dev The run writes Solady's slots itself; Solady's own mint must leave the same behind.
    function testFuzz_A_run_of_mints_does_what_as_many_mints_do(address[5] memory to, uint128[5] memory amounts) public {
        BridgedToken other = _newBridgedToken(address(manager), first, "", "", 0);
        _allow(first);
        other.setBridge(first, true);
        bytes memory payouts;
        vm.startPrank(first);
        for (uint256 i; i < 5; ++i) {
            if (to[i] == address(0) || to[i] == first || to[i] == address(token) || to[i] == address(other)) to[i] = alice;
            payouts = bytes.concat(payouts, abi.encodePacked(to[i], uint256(amounts[i])));
            other.crosschainMint(to[i], amounts[i]);
        }
        token.crosschainMintMany(payouts);
        vm.stopPrank();
        for (uint256 i; i < 5; ++i) {
            assertEq(token.balanceOf(to[i]), other.balanceOf(to[i]));
        }
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
        _allow(first);
        vm.prank(first);
        token.crosschainMint(alice, 10);
        address permit2 = 0x000000000022D473030F116dDEE9F6B43aC78BA3;
        assertEq(token.allowance(alice, permit2), 0);
        vm.prank(permit2);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        token.transferFrom(alice, bob, 1);
    }
}
