// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {CrosschainLinked} from "@openzeppelin/contracts/crosschain/CrosschainLinked.sol";
import {BridgeERC721} from "@openzeppelin/contracts/crosschain/bridges/BridgeERC721.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Crosschain} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Crosschain.sol";

/// @notice An NFT that anyone may mint, the bridge in front of it, and its form on another chain: OpenZeppelin's, with nothing added.
contract Cats is ERC721("Cats", "CAT") {
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }
}

contract CatBridge is BridgeERC721 {
    constructor(Cats cats, Link[] memory links) BridgeERC721(cats) CrosschainLinked(links) {}
}

contract CatsAway is ERC721Crosschain {
    constructor(Link[] memory links) ERC721("Cats", "CAT") CrosschainLinked(links) {}
}
