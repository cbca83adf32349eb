// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {Certificate, IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 1 to 6: what was signed once, presented where or when it was not meant to be.
contract ReplaysTest is AttackWorld {
    bytes private message;
    Certificate private certificate;
    bytes32 private id;

    function setUp() public override {
        super.setUp();
        message = _transfer(alice, 5 ether, MINIMUM);
        id = _fold(_homeToAway(), message);
        certificate = _quorum(AWAY, away, _homeToAway(), 1, id);
        vm.chainId(AWAY);
    }

    function _assertDeliveredOnce() private view {
        assertEq(wrapped.totalSupply(), 5 ether);
        assertEq(away.inbound(HOME), id);
    }

    function test_Attack_01_ReplayOfTheSameMessage() public {
        away.deliver(_homeToAway(), 1, message, certificate);
        // Presented again, the same bytes fold to another hash, which nobody signed: there is no list of ids to get past.
        bytes32 presented = _digest(AWAY, address(away), 1, _homeToAway(), 1, _fold(id, message));
        _expectNobodySigned(certificate, presented);
        away.deliver(_homeToAway(), 1, message, certificate);

        _wait(365 days);
        _expectNobodySigned(certificate, presented);
        away.deliver(_homeToAway(), 1, message, certificate);
        _assertDeliveredOnce();

        // Bytes of a Bridge never change; what follows one is another contract with another address.
        IBridge successor = _openedTwin();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, _homeToAway()));
        successor.deliver(_homeToAway(), 1, message, certificate);
        _assertDeliveredOnce();
    }

    function test_Attack_02_ReplayOnAnotherChain() public {
        vm.chainId(AWAY + 1); // as after a split: the same Bridge with the same lanes, but the chain has another id
        _expectNobodySigned(certificate, _digest(AWAY + 1, address(away), 1, _homeToAway(), 1, id));
        away.deliver(_homeToAway(), 1, message, certificate);

        vm.chainId(AWAY);
        away.deliver(_homeToAway(), 1, message, certificate);
        _assertDeliveredOnce();
    }

    function test_Attack_03_ReplayOnASecondBridgeOfTheSameChain() public {
        IBridge twin = _openedTwin();
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, _homeToAway()));
        twin.deliver(_homeToAway(), 1, message, certificate);

        bytes32 lane = _laneId(HOME, address(home), AWAY, address(twin));
        _expectNobodySigned(certificate, _digest(AWAY, address(twin), 1, lane, 1, _fold(lane, message)));
        twin.deliver(lane, 1, message, certificate);
        assertEq(twin.inbound(HOME), lane);
    }

    function test_Attack_04_MessageTurnedRound() public {
        _lock(bob, 50 ether, MINIMUM);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.UnknownLaneId.selector, _homeToAway()));
        home.deliver(_homeToAway(), 1, message, certificate);

        bytes32 back = _awayToHome();
        _expectNobodySigned(certificate, _digest(HOME, address(home), 1, back, 1, _fold(back, message)));
        home.deliver(back, 1, message, certificate);
        assertEq(original.balanceOf(alice), 0);
        assertEq(home.inbound(AWAY), back);
    }

    function test_Attack_05_SignatureForAnotherPurpose() public {
        bytes32 checkpoint = _digest(AWAY, address(away), 1, _homeToAway(), 1, id);
        bytes32[4] memory otherwise = [
            _rotationDigest(AWAY, away, 2, members, threshold),
            id, // the bare hash
            keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", checkpoint)), // a login
            keccak256(abi.encodePacked("\x19Ethereum Signed Message:\n32", id))
        ];
        for (uint256 i; i < otherwise.length; ++i) {
            Certificate memory other = _certify(otherwise[i], 1, threshold);
            _expectNobodySigned(other, checkpoint);
            away.deliver(_homeToAway(), 1, message, other);
        }

        // And the other way: an attestation orders no rotation.
        _expectNobodySigned(certificate, otherwise[0]);
        away.rotate(members, threshold, certificate);
        assertEq(wrapped.totalSupply(), 0);
        (uint64 pending,,,) = away.pendingRotation();
        assertEq(pending, 0);
    }

    function test_Attack_06_TwoContentsOfOneSequenceBothSigned() public {
        bytes memory other = _transfer(mallory, 900 ether, MINIMUM);
        Certificate memory both = _quorum(AWAY, away, _homeToAway(), 1, _fold(_homeToAway(), other));
        away.deliver(_homeToAway(), 1, message, certificate);

        // The lane has moved on from the hash that the other content was signed over.
        _expectNobodySigned(both, _digest(AWAY, address(away), 1, _homeToAway(), 1, _fold(id, other)));
        away.deliver(_homeToAway(), 1, other, both);
        _expectNobodySigned(both, _digest(AWAY, address(away), 1, _homeToAway(), 2, _fold(id, other)));
        away.deliver(_homeToAway(), 2, other, both);
        assertEq(wrapped.balanceOf(mallory), 0);
        _assertDeliveredOnce();
    }

    /// @dev A second Bridge on the away chain, with the same validators, lane and asset.
    function _openedTwin() private returns (IBridge twin) {
        twin = _newBridge(address(manager), members, threshold);
        twin.openLane(HOME, address(home));
        twin.registerAsset(ASSET, address(wrapped), Mode.Mint, Limit(0, 0));
    }
}
