// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {TestToken} from "./TestToken.sol";

/// @notice A second address for the same balances, as old tokens have whose code moved: this one is what holds them.
contract DoubleToken is TestToken("Double", "DBL", 18) {
    address public immutable other = address(new OtherEntry(this));

    function transferBy(address from, address to, uint256 amount) external returns (bool) {
        require(msg.sender == other);
        _transfer(from, to, amount);
        return true;
    }

    function spendBy(address spender, address from, address to, uint256 amount) external returns (bool) {
        require(msg.sender == other);
        _spendAllowance(from, spender, amount);
        _transfer(from, to, amount);
        return true;
    }
}

contract OtherEntry {
    DoubleToken private immutable _token;

    constructor(DoubleToken token) {
        _token = token;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _token.balanceOf(account);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _token.transferBy(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return _token.spendBy(msg.sender, from, to, amount);
    }
}

/// @notice Tells the receiver before anybody sees its new balance, as ERC-777 tells senders.
contract TellingToken is TestToken("Telling", "TEL", 18) {
    function transfer(address to, uint256 amount) public override returns (bool) {
        _tell(to);
        return super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _tell(from);
        return super.transferFrom(from, to, amount);
    }

    function _tell(address who) private {
        if (who.code.length == 0) return;
        (bool success, bytes memory reason) = who.call(abi.encodeWithSignature("told()"));
        assembly {
            if iszero(success) { revert(add(reason, 0x20), mload(reason)) }
        }
    }
}

/// @notice Its balances are shares of a pool, so that what a transfer moves is rounded.
contract RebasingToken {
    uint256 public total = 1e18;
    uint256 private _shares = 1e18;
    mapping(address => uint256) private _sharesOf;
    bool public paused;

    error TokenPaused();

    function mint(address to, uint256 shares) external {
        total += shares * total / _shares;
        _shares += shares;
        _sharesOf[to] += shares;
    }

    function rebase(uint256 value) external {
        total = value;
    }

    function setPaused(bool value) external {
        paused = value;
    }

    function balanceOf(address account) public view returns (uint256) {
        return _sharesOf[account] * total / _shares;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return transferFrom(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public returns (bool) {
        if (paused) revert TokenPaused();
        uint256 shares = amount * _shares / total;
        _sharesOf[from] -= shares;
        _sharesOf[to] += shares;
        return true;
    }
}
