// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {CrosschainLinked} from "@openzeppelin/contracts/crosschain/CrosschainLinked.sol";
import {ERC7786Recipient} from "@openzeppelin/contracts/crosschain/ERC7786Recipient.sol";
import {BridgeERC1155} from "@openzeppelin/contracts/crosschain/bridges/BridgeERC1155.sol";
import {ERC1155} from "@openzeppelin/contracts/token/ERC1155/ERC1155.sol";
import {ERC1155Crosschain} from "@openzeppelin/contracts/token/ERC1155/extensions/ERC1155Crosschain.sol";
import {InteroperableAddress} from "@openzeppelin/contracts/utils/draft-InteroperableAddress.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {CallWorld} from "../support/CallWorld.sol";
import {CatBridge, Cats, CatsAway} from "../tokens/Cats.sol";

contract Gems is ERC1155("") {
    function mint(address to, uint256 id, uint256 value) external {
        _mint(to, id, value, "");
    }
}

contract GemBridge is BridgeERC1155 {
    constructor(Gems gems, Link[] memory links) BridgeERC1155(gems) CrosschainLinked(links) {}
}

contract GemsAway is ERC1155Crosschain {
    constructor(Link[] memory links) ERC1155("") CrosschainLinked(links) {}
}

/// @notice OpenZeppelin's bridges for NFTs, unmodified, over this Gateway: no code of ours knows what an NFT is.
contract NftsTest is CallWorld {
    Cats private cats;
    Gems private gems;
    CatBridge private catBridge;
    GemBridge private gemBridge;
    CatsAway private catsAway;
    GemsAway private gemsAway;

    function setUp() public {
        _makeCallWorld();
        (cats, gems) = (new Cats(), new Gems());
        uint64 nonce = vm.getNonce(address(this));
        address catsAwayAt = vm.computeCreateAddress(address(this), nonce + 2);
        address gemsAwayAt = vm.computeCreateAddress(address(this), nonce + 3);
        catBridge = new CatBridge(cats, _link(address(homeGateway), AWAY, catsAwayAt));
        gemBridge = new GemBridge(gems, _link(address(homeGateway), AWAY, gemsAwayAt));
        catsAway = new CatsAway(_link(address(awayGateway), HOME, address(catBridge)));
        gemsAway = new GemsAway(_link(address(awayGateway), HOME, address(gemBridge)));
    }

    function _link(address gateway, uint256 chainId, address counterpart)
        private
        pure
        returns (CrosschainLinked.Link[] memory links)
    {
        links = new CrosschainLinked.Link[](1);
        links[0] = CrosschainLinked.Link(gateway, InteroperableAddress.formatEvmV1(chainId, counterpart));
    }

    /// @dev What the bridges send, as the wire has it.
    function _wire(address from, address to, bytes memory payload) private view returns (bytes memory) {
        return _call(0, to, 0, 0, from, homeGateway.DEFAULT_GAS(), payload);
    }

    function test_An_ERC721_goes_away_and_comes_back() public {
        bytes memory from = InteroperableAddress.formatEvmV1(HOME, alice);
        cats.mint(alice, 7);
        vm.startPrank(alice);
        cats.approve(address(catBridge), 7);
        catBridge.crosschainTransferFrom(alice, InteroperableAddress.formatEvmV1(AWAY, deliverer), 7);
        vm.stopPrank();
        assertEq(cats.ownerOf(7), address(catBridge));

        _deliver(_away(), _home(), _wire(address(catBridge), address(catsAway), abi.encode(from, abi.encodePacked(deliverer), 7)));
        assertEq(catsAway.ownerOf(7), deliverer);
        _assertSame(home.outbound, AWAY, _away());

        vm.chainId(AWAY);
        vm.prank(deliverer);
        catsAway.crosschainTransferFrom(deliverer, InteroperableAddress.formatEvmV1(HOME, alice), 7);
        from = InteroperableAddress.formatEvmV1(AWAY, deliverer);
        _deliver(_home(), _away(), _wire(address(catsAway), address(catBridge), abi.encode(from, abi.encodePacked(alice), 7)));
        assertEq(cats.ownerOf(7), alice);
        _assertSame(away.outbound, HOME, _home());
    }

    function test_ERC1155_tokens_go_away_and_come_back() public {
        (uint256[] memory ids, uint256[] memory values) = (new uint256[](2), new uint256[](2));
        (ids[0], ids[1], values[0], values[1]) = (3, 4, 30, 40);
        gems.mint(alice, 3, 100);
        gems.mint(alice, 4, 100);
        vm.startPrank(alice);
        gems.setApprovalForAll(address(gemBridge), true);
        gemBridge.crosschainTransferFrom(alice, InteroperableAddress.formatEvmV1(AWAY, deliverer), ids, values);
        vm.stopPrank();
        bytes memory from = InteroperableAddress.formatEvmV1(HOME, alice);
        bytes memory payload = abi.encode(from, abi.encodePacked(deliverer), ids, values, "");
        _deliver(_away(), _home(), _wire(address(gemBridge), address(gemsAway), payload));
        assertEq(gemsAway.balanceOf(deliverer, 4), 40);

        vm.chainId(AWAY);
        vm.prank(deliverer);
        gemsAway.crosschainTransferFrom(deliverer, InteroperableAddress.formatEvmV1(HOME, alice), ids, values, "");
        from = InteroperableAddress.formatEvmV1(AWAY, deliverer);
        payload = abi.encode(from, abi.encodePacked(alice), ids, values, "");
        _deliver(_home(), _away(), _wire(address(gemsAway), address(gemBridge), payload));
        assertEq(gems.balanceOf(alice, 4), 100);
        assertEq(gems.balanceOf(address(gemBridge), 3), 0);
    }

    function test_Nobody_but_the_counterpart_is_believed() public {
        bytes memory payload = abi.encode(InteroperableAddress.formatEvmV1(HOME, alice), abi.encodePacked(alice), 9);
        bytes memory forged = _wire(alice, address(catsAway), payload);
        _deliver(_away(), _home(), forged);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(forged));
        assertEq(catsAway.balanceOf(alice), 0);
        vm.expectPartialRevert(ERC7786Recipient.ERC7786RecipientUnauthorizedGateway.selector);
        catsAway.receiveMessage(0, InteroperableAddress.formatEvmV1(HOME, address(catBridge)), payload);
    }

    /// @dev What was delivered is what was sent.
    function _assertSame(function (uint256) external view returns (uint64, bytes32) outbound, uint256 to, Side memory at) private {
        (, bytes32 sent) = outbound(to);
        assertEq(_inbound(at, at.chainId == AWAY ? _home() : _away()), sent);
    }
}
