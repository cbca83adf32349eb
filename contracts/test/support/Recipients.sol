// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";

/// @notice Writes down what it is called with, and what it held then.
contract Recorder is IERC7786Recipient {
    struct Received {
        address caller;
        bytes32 receiveId;
        bytes sender;
        bytes payload;
        uint256 balance;
        uint256 gas;
    }

    IERC20 private immutable _token;
    Received[] private _received;

    constructor(IERC20 token) {
        _token = token;
    }

    function receiveMessage(bytes32 receiveId, bytes calldata sender, bytes calldata payload)
        external
        payable
        virtual
        returns (bytes4)
    {
        uint256 gas = gasleft();
        uint256 balance = address(_token) == address(0) ? 0 : _token.balanceOf(address(this));
        _received.push(Received(msg.sender, receiveId, sender, payload, balance, gas));
        return IERC7786Recipient.receiveMessage.selector;
    }

    function count() external view returns (uint256) {
        return _received.length;
    }

    function received(uint256 index) external view returns (Received memory) {
        return _received[index];
    }
}

/// @notice Keeps how much gas it was given.
contract Counter is IERC7786Recipient {
    uint256 public gas;

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        gas = gasleft();
        return IERC7786Recipient.receiveMessage.selector;
    }
}

/// @notice Does something and then answers wrongly.
contract Rude is IERC7786Recipient {
    uint256 public calls;

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        ++calls;
        return 0xdeadbeef;
    }
}

/// @notice Does as it is told when it is called.
contract Moody is Recorder(IERC20(address(0))) {
    enum Mood {
        Good,
        Reverts,
        Bomb,
        BurnsGas,
        AnswersWrongly,
        AnswersShortly,
        NeedsGas
    }

    error NotNow(uint256 number);

    Mood public mood;
    uint256 public needed;

    function setMood(Mood value, uint256 needed_) external {
        (mood, needed) = (value, needed_);
    }

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable override returns (bytes4) {
        if (mood == Mood.Reverts) revert NotNow(7);
        if (mood == Mood.Bomb) {
            assembly {
                revert(0, 1000000)
            }
        }
        while (mood == Mood.BurnsGas) {}
        if (mood == Mood.AnswersWrongly) return 0xdeadbeef;
        if (mood == Mood.AnswersShortly) {
            assembly {
                mstore(0, shl(224, 0x2432ef26))
                return(0, 4)
            }
        }
        if (mood == Mood.NeedsGas) {
            uint256 start = gasleft();
            while (start - gasleft() < needed) {}
        }
        return IERC7786Recipient.receiveMessage.selector;
    }
}

/// @notice Tries something of the Bridge while it is called, and lets what it reverts with pass.
contract Intruder is Recorder(IERC20(address(0))) {
    address private _target;
    bytes private _input;

    function setIntrusion(address target, bytes calldata input) external {
        (_target, _input) = (target, input);
    }

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable override returns (bytes4) {
        (bool success, bytes memory reason) = _target.call(_input);
        assembly {
            if iszero(success) { revert(add(reason, 0x20), mload(reason)) }
        }
        return IERC7786Recipient.receiveMessage.selector;
    }
}
