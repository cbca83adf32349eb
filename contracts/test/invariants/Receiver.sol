// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Gateway} from "../../src/Gateway.sol";
import {IBridge} from "../../src/interfaces/IBridge.sol";

/// @notice Is called by messages of kind 3, and takes it well or badly. It does not take coin.
contract Receiver is IERC7786Recipient {
    enum Way {
        Accept,
        Refuse,
        BurnGas,
        AnswerNothing,
        CallBack
    }

    Way public way;
    uint256 public total;
    /// @dev Whether the Bridge let itself be called while it was at work.
    bool public gotIn;
    mapping(address gateway => mapping(bytes32 receiveId => uint256)) public calls;

    function setWay(Way value) external {
        way = value;
    }

    function receiveMessage(bytes32 receiveId, bytes calldata, bytes calldata) external payable returns (bytes4 answer) {
        if (way == Way.Refuse) revert("refused");
        if (way == Way.BurnGas) {
            assembly {
                invalid()
            }
        }
        if (way == Way.CallBack) _callBack();
        ++calls[msg.sender][receiveId];
        ++total;
        if (way != Way.AnswerNothing) answer = IERC7786Recipient.receiveMessage.selector;
    }

    /// @dev With a lane that does not exist, so that only the guard can refuse it first.
    function _callBack() private {
        try IBridge(Gateway(msg.sender).bridge()).retry(0, 0, "") {
            gotIn = true;
        } catch (bytes memory reason) {
            if (bytes4(reason) != ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector) gotIn = true;
        }
    }
}
