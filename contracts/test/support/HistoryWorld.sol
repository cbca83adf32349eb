// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Attestation, FaultProofs, LaneEnds} from "../../src/FaultProofs.sol";
import {Call} from "../../src/interfaces/IBridge.sol";
import {World} from "./World.sol";

/// @notice A lane with a history of all kinds of messages, and FaultProofs at its source.
abstract contract HistoryWorld is World {
    uint64 internal constant LAST = 7;

    FaultProofs internal proofs;
    bytes[] internal history; // message i + 1
    bytes32[] internal hashes; // the true rolling hash at sequence i
    address internal validator;

    address private sender = makeAddr("sender");
    address private other = makeAddr("other");

    function _makeHistory() internal {
        _makeWorld(4);
        validator = members[1];
        proofs = FaultProofs(_create(abi.encodePacked(vm.getCode("FaultProofs.sol:FaultProofs"), abi.encode(home))));
        hashes.push(_homeToAway());
        vm.chainId(HOME);
        original.mint(sender, 100 ether);
        vm.prank(sender);
        original.approve(address(home), 100 ether);
        for (uint64 i; i < LAST; ++i) {
            _send(1 + i % 3);
        }
    }

    function _send(uint256 kind) internal {
        vm.prank(sender);
        if (kind == 1) {
            home.send(AWAY, ASSET, sender, 2 ether, 1 ether);
            _remember(_transfer(sender, 2 ether, 1 ether));
        } else if (kind == 2) {
            home.send(AWAY, ASSET, other, 3 ether, 1 ether);
            _remember(_transferTo(other, 3 ether, 1 ether, sender));
        } else {
            bytes memory payload = abi.encode("payload", history.length);
            home.sendCall(Call(AWAY, ASSET, sender, other, 4 ether, 1 ether, 90_000, payload));
            _remember(
                abi.encodePacked(
                    uint8(3), ASSET, other, uint128(4 ether), uint128(1 ether), sender, uint32(90_000), uint24(payload.length), payload
                )
            );
        }
    }

    function _remember(bytes memory message) private {
        history.push(message);
        hashes.push(_fold(hashes[hashes.length - 1], message));
        (uint64 sequence, bytes32 rollingHash) = home.outbound(AWAY);
        assertEq(sequence, history.length);
        assertEq(rollingHash, hashes[sequence]);
    }

    /// @dev What was sent after a sequence.
    function _after(uint256 sequence) internal view returns (bytes memory wire) {
        for (uint256 i = sequence; i < history.length; ++i) {
            wire = bytes.concat(wire, history[i]);
        }
    }

    function _outward() internal view returns (LaneEnds memory) {
        return LaneEnds(HOME, address(home), AWAY, address(away));
    }

    function _inward() internal view returns (LaneEnds memory) {
        return LaneEnds(AWAY, address(away), HOME, address(home));
    }

    /// @dev As `validator` signs it, over the lane away.
    function _attest(uint64 sequence, bytes32 rollingHash) internal view returns (Attestation memory) {
        return _attest(1, _outward(), 1, sequence, rollingHash);
    }

    function _attest(uint256 member, LaneEnds memory ends, uint64 epoch, uint64 sequence, bytes32 rollingHash)
        internal
        view
        returns (Attestation memory)
    {
        bytes32 lane = _laneId(ends.sourceChainId, ends.sourceBridge, ends.destinationChainId, ends.destinationBridge);
        bytes32 digest = _digest(ends.destinationChainId, ends.destinationBridge, epoch, lane, sequence, rollingHash);
        return Attestation(epoch, sequence, rollingHash, _sign(keys[member], digest));
    }
}
