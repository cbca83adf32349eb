// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC7786Recipient} from "@openzeppelin/contracts/interfaces/draft-IERC7786.sol";
import {IBridge} from "../../src/interfaces/IBridge.sol";

/// @notice Called or paid, it makes the calls that it was told to and writes down how each ended.
contract Reenterer is IERC7786Recipient {
    bytes4 internal constant SUCCESS = 0xffffffff;

    address private _target;
    bytes[] private _inputs;
    bytes4[] public answers;

    function plan(address target, bytes[] calldata inputs) external {
        _target = target;
        for (uint256 i; i < inputs.length; ++i) {
            _inputs.push(inputs[i]);
            answers.push(bytes4(0));
        }
    }

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        _try();
        return IERC7786Recipient.receiveMessage.selector;
    }

    /// @dev A token's hook.
    function onTransfer() external {
        _try();
    }

    receive() external payable {
        _try();
    }

    function _try() private {
        for (uint256 i; i < _inputs.length; ++i) {
            (bool success, bytes memory reason) = _target.call(_inputs[i]);
            answers[i] = success ? SUCCESS : bytes4(reason);
        }
    }
}

/// @notice Writes down what the Bridge's views say while it is called.
contract Observer is IERC7786Recipient {
    struct Seen {
        bytes32 inbound;
        uint256 locked;
        uint256 available;
        uint256 balance;
        uint256 supply;
        bytes32 deferred;
    }

    IBridge private immutable _bridge;
    IToken private immutable _token;
    uint32 private immutable _assetId;
    uint256 private immutable _source;
    bytes32 private immutable _lane;
    Seen private _seen;

    constructor(IBridge bridge, uint32 assetId, uint256 source, bytes32 lane) {
        (_bridge, _assetId, _source, _lane) = (bridge, assetId, source, lane);
        _token = IToken(bridge.asset(assetId).token);
    }

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        observe();
        return IERC7786Recipient.receiveMessage.selector;
    }

    function observe() public {
        (, uint256 available) = _bridge.inboundLimit(_assetId);
        _seen = Seen(
            _bridge.inbound(_source),
            _bridge.asset(_assetId).locked,
            available,
            _token.balanceOf(address(_bridge)),
            _token.totalSupply(),
            _bridge.deferred(_lane, 1)
        );
    }

    function seen() external view returns (Seen memory) {
        return _seen;
    }
}

interface IToken {
    function balanceOf(address) external view returns (uint256);
    function totalSupply() external view returns (uint256);
}

/// @notice Takes a call if it is given enough gas for it, and says how much it was given.
contract GasMeter is IERC7786Recipient {
    error NotEnough(uint256 gas);
    error NotNow();

    uint256 public given;
    uint256 public burns;
    bool public refuses;

    function setBurns(uint256 value) external {
        burns = value;
    }

    function setRefuses(bool value) external {
        refuses = value;
    }

    function receiveMessage(bytes32, bytes calldata, bytes calldata) external payable returns (bytes4) {
        uint256 start = gasleft();
        if (refuses) revert NotNow();
        while (start - gasleft() < burns) {}
        given = start;
        return IERC7786Recipient.receiveMessage.selector;
    }
}

/// @notice Answers every call, and every payment, with a megabyte.
contract Bomb {
    fallback() external payable {
        assembly {
            revert(0, 1000000)
        }
    }
}
