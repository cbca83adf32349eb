// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ECDSA} from "solady/utils/ECDSA.sol";

/// @notice A contract whose owner signs for it (ERC-1271), and which approves one spender when it is made.
contract KeyAccount is IERC1271 {
    address private immutable _key;

    constructor(address key, address token, address spender) {
        _key = key;
        IERC20(token).approve(spender, type(uint256).max);
    }

    function isValidSignature(bytes32 hash, bytes memory signature) external view returns (bytes4) {
        return ECDSA.tryRecover(hash, signature) == _key ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}

/// @notice Makes accounts at addresses that are known before. Making one twice reverts.
contract AccountFactory {
    function create(address key, address token, address spender) external returns (address) {
        return address(new KeyAccount{salt: 0}(key, token, spender));
    }

    function addressOf(address key, address token, address spender) external view returns (address) {
        bytes memory code = abi.encodePacked(type(KeyAccount).creationCode, abi.encode(key, token, spender));
        bytes32 hash = keccak256(abi.encodePacked(hex"ff", this, bytes32(0), keccak256(code)));
        return address(uint160(uint256(hash)));
    }
}

/// @notice Code for accounts with a key (EIP-7702) that knows no ERC-1271 and takes every call.
contract MuteDelegate {
    fallback() external payable {}
}

/// @notice Code for accounts with a key (EIP-7702) for which another key may sign too.
contract KeyDelegate is IERC1271 {
    address private immutable _key;

    constructor(address key) {
        _key = key;
    }

    function isValidSignature(bytes32 hash, bytes memory signature) external view returns (bytes4) {
        return ECDSA.tryRecover(hash, signature) == _key ? this.isValidSignature.selector : bytes4(0xffffffff);
    }
}
