// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {TestToken} from "./TestToken.sol";

/// @notice Takes one unit of every transfer for itself.
contract FeeToken is TestToken("Fee", "FEE", 18) {
    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        super.transferFrom(from, to, amount);
        _burn(to, 1);
        return true;
    }
}

/// @notice Says false where others revert.
contract FalseToken is TestToken("False", "FLS", 18) {
    bool public refuses;

    function setRefuses(bool value) external {
        refuses = value;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        return !refuses && super.transferFrom(from, to, amount);
    }
}

/// @notice Returns nothing at all, as USDT does, has a blacklist, and refuses to move nothing.
contract NoReturnToken {
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;
    mapping(address => bool) public blacklisted;
    bool public burnsGas;

    error Blacklisted(address account);
    error MovesNothing();

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function setBlacklisted(address account, bool value) external {
        blacklisted[account] = value;
    }

    /// @dev Whether the blacklisted are refused by using up all gas.
    function setBurnsGas(bool value) external {
        burnsGas = value;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        while (burnsGas && blacklisted[to]) {}
        _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private {
        if (amount == 0) revert MovesNothing();
        if (blacklisted[to]) revert Blacklisted(to);
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Fails in the way it is told to when tokens leave.
contract HostileToken is TestToken("Hostile", "HST", 18) {
    enum Way {
        Good,
        Bomb,
        BurnGas
    }

    Way public way;

    function setWay(Way value) external {
        way = value;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (way == Way.Bomb) {
            assembly {
                revert(0, 40000)
            }
        }
        while (way == Way.BurnGas) {}
        return super.transfer(to, amount);
    }
}

/// @notice Moves only if it has as much gas as it is told to need.
contract HungryToken is TestToken("Hungry", "HNG", 18) {
    uint256 private _needed;

    error Starved();

    function setNeeded(uint256 gas) external {
        _needed = gas;
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        if (gasleft() < _needed) revert Starved();
        return super.transfer(to, amount);
    }
}

/// @notice Calls back while tokens move.
contract HookToken is TestToken("Hook", "HOK", 18) {
    address private _target;
    bytes private _input;

    function setHook(address target, bytes calldata input) external {
        (_target, _input) = (target, input);
    }

    function transfer(address to, uint256 amount) public override returns (bool) {
        _call();
        return super.transfer(to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) public override returns (bool) {
        _call();
        return super.transferFrom(from, to, amount);
    }

    function _call() private {
        if (_target == address(0)) return;
        (bool success, bytes memory reason) = _target.call(_input);
        assembly {
            if iszero(success) { revert(add(reason, 0x20), mload(reason)) }
        }
    }
}

/// @notice Takes every call that it does not know, and does nothing.
contract FallbackToken is TestToken("Fallback", "FLB", 18) {
    fallback() external {}
}
