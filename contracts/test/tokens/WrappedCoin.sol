// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {WETH} from "solady/tokens/WETH.sol";
import {IBridge} from "../../src/interfaces/IBridge.sol";

/// @notice A chain's own coin as a token, as WETH9 is.
contract WrappedCoin is WETH {}

/// @notice Does with coin what it is told to.
contract CoinTaker {
    enum Way {
        Takes,
        Works,
        Refuses,
        BurnsGas,
        CallsBack
    }

    Way private _way;
    address private _target;
    bytes private _input;
    uint256[2] private _work;

    function set(Way way) external {
        _way = way;
    }

    function setCall(address target, bytes calldata input) external {
        (_way, _target, _input) = (Way.CallsBack, target, input);
    }

    receive() external payable {
        Way way = _way;
        if (way == Way.Works) (_work[0], _work[1]) = (1, 1);
        if (way == Way.Refuses) revert("no coin");
        while (way == Way.BurnsGas) {}
        if (way == Way.CallsBack) {
            (bool success, bytes memory reason) = _target.call(_input);
            require(!success && bytes4(reason) == ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        }
    }
}

/// @notice Takes a handover, and counts what came.
contract Successor {
    mapping(uint32 assetId => uint256) public received;
    uint256 public calls;

    function receiveHandover(uint32 assetId, uint256 amount) external payable {
        if (msg.value == 0 && amount != 0) _pull(assetId, amount);
        received[assetId] += amount;
        ++calls;
    }

    function _pull(uint32 assetId, uint256 amount) private {
        address token = IBridge(msg.sender).asset(assetId).token;
        SafeERC20.safeTransferFrom(IERC20(token), msg.sender, address(this), amount);
    }
}

/// @notice Answers to a handover, and takes half of it at most.
contract IdleSuccessor {
    bool private _half;

    constructor(bool half) {
        _half = half;
    }

    function receiveHandover(uint32 assetId, uint256 amount) external payable {
        if (!_half) return;
        IERC20 token = IERC20(IBridge(msg.sender).asset(assetId).token);
        SafeERC20.safeTransferFrom(token, msg.sender, address(this), amount / 2);
    }
}
