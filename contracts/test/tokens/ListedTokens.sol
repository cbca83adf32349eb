// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ERC20} from "solady/tokens/ERC20.sol";
import {TestToken} from "./TestToken.sol";

/// @notice Balances are shares of a whole that grows and shrinks by itself.
contract RebasingToken {
    uint256 private constant ONE = 1e18;

    uint256 public index = ONE;
    mapping(address => uint256) private _shares;
    mapping(address => mapping(address => uint256)) public allowance;

    function rebase(uint256 to) external {
        index = to;
    }

    function mint(address to, uint256 amount) external {
        _shares[to] += amount * ONE / index;
    }

    function balanceOf(address account) external view returns (uint256) {
        return _shares[account] * index / ONE;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        allowance[from][msg.sender] -= amount;
        return _move(from, to, amount);
    }

    function _move(address from, address to, uint256 amount) private returns (bool) {
        _shares[from] -= amount * ONE / index;
        _shares[to] += amount * ONE / index;
        return true;
    }
}

/// @notice Can be stopped by its owner, and refuses to change an allowance that is not used up, as USDT does.
contract PausableToken is TestToken("Pausable", "PSB", 18) {
    error Stopped();
    error AllowanceStands();

    bool public stopped;

    function setStopped(bool value) external {
        stopped = value;
    }

    function approve(address spender, uint256 amount) public override returns (bool) {
        if (amount != 0 && allowance(msg.sender, spender) != 0) revert AllowanceStands();
        return super.approve(spender, amount);
    }

    function _beforeTokenTransfer(address, address, uint256) internal view override {
        if (stopped) revert Stopped();
    }
}

/// @notice Another address for somebody else's balances.
contract SecondEntrance {
    ILedger private immutable _ledger;

    constructor(address ledger) {
        _ledger = ILedger(ledger);
    }

    function balanceOf(address account) external view returns (uint256) {
        return _ledger.balanceOf(account);
    }

    function transfer(address to, uint256 amount) external returns (bool) {
        return _ledger.moveFor(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        return _ledger.moveFor(from, to, amount);
    }
}

interface ILedger {
    function balanceOf(address account) external view returns (uint256);
    function moveFor(address from, address to, uint256 amount) external returns (bool);
}

/// @notice Lets another entrance move its balances.
contract Ledger is TestToken("Ledger", "LDG", 18) {
    function moveFor(address from, address to, uint256 amount) external returns (bool) {
        _transfer(from, to, amount);
        return true;
    }
}

/// @notice Says what it likes about its decimals, or nothing at all.
contract DecimalsToken is ERC20 {
    uint8 private immutable _decimals;
    bool private immutable _reverts;

    constructor(uint8 decimals_, bool reverts_) {
        (_decimals, _reverts) = (decimals_, reverts_);
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function name() public pure override returns (string memory) {
        return "Decimals";
    }

    function symbol() public pure override returns (string memory) {
        return "DEC";
    }

    function decimals() public view override returns (uint8) {
        require(!_reverts);
        return _decimals;
    }
}
