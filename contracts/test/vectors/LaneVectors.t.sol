// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridge} from "../../src/interfaces/IBridge.sol";
import {BridgeHarness} from "../support/BridgeHarness.sol";
import {VectorTest} from "../support/VectorTest.sol";

contract LaneVectorsTest is VectorTest {
    function setUp() public {
        _load("rolling-hash");
    }

    function test_Both_ends_of_a_lane_name_it_as_in_the_vectors() public {
        string[] memory sources = _column(".lanes", "sourceChainId");
        string[] memory destinations = _column(".lanes", "destinationChainId");
        string[] memory sourceBridges = _column(".lanes", "sourceBridge");
        string[] memory destinationBridges = _column(".lanes", "destinationBridge");
        string[] memory ids = _column(".lanes", "laneId");
        for (uint256 i; i < ids.length; ++i) {
            (uint256 source, uint256 destination) = (_uint(sources, i), _uint(destinations, i));
            (address sourceBridge, address destinationBridge) = (_address(sourceBridges, i), _address(destinationBridges, i));
            bytes32 laneId = _word(ids, i);
            uint256 before = vm.snapshotState();

            vm.chainId(source);
            BridgeHarness at = _bridgeAt(sourceBridge, _oneMember(), 1);
            IBridge(address(at)).openLane(destination, destinationBridge);
            assertEq(at.laneId(source, destination), laneId);
            (uint64 sequence, bytes32 rollingHash) = at.outbound(destination);
            assertEq(sequence, 0);
            assertEq(rollingHash, laneId);

            vm.revertToState(before); // both Bridges may have one address, and here they would have one storage
            vm.chainId(destination);
            at = _bridgeAt(destinationBridge, _oneMember(), 1);
            IBridge(address(at)).openLane(source, sourceBridge);
            assertEq(at.laneId(source, destination), laneId);
            assertEq(at.inbound(source), laneId);
            vm.revertToState(before);
        }
    }

    function test_Messages_fold_to_the_rolling_hashes_of_the_vectors() public {
        BridgeHarness bridge = _newHarness(address(manager), _oneMember(), 1);
        string[] memory ids = _column(".lanes", "laneId");
        for (uint256 i; i < ids.length; ++i) {
            string[] memory messages = this.texts(_inner(".lanes", i, "messages"));
            string[] memory hashes = this.texts(_inner(".lanes", i, "hashes"));
            if (messages.length == 0) continue;
            bytes32 rollingHash = _word(ids, i);
            bytes memory all;
            for (uint256 j; j < messages.length; ++j) {
                bytes memory message = _bytes(messages, j);
                all = bytes.concat(all, message);
                (rollingHash,) = bridge.fold(message, rollingHash);
                assertEq(rollingHash, _word(hashes, j));
            }
            (bytes32 together, uint256 folded) = bridge.fold(all, _word(ids, i));
            assertEq(together, rollingHash);
            assertEq(folded, messages.length);
        }
    }
}
