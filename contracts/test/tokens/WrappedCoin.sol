// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {WETH} from "solady/tokens/WETH.sol";

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

/// @notice Takes a handover, or is only a contract.
contract Successor {
    mapping(uint32 assetId => uint256) public received;
    uint256 public calls;

    function receiveHandover(uint32 assetId) external payable {
        received[assetId] += msg.value;
        ++calls;
    }
}
