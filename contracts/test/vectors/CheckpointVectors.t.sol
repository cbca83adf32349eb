// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IBridge} from "../../src/interfaces/IBridge.sol";
import {BridgeHarness} from "../support/BridgeHarness.sol";
import {VectorTest} from "../support/VectorTest.sol";

contract CheckpointVectorsTest is VectorTest {
    function test_Digests_are_those_of_the_vectors() public {
        _load("checkpoint");
        string[] memory chainIds = _column(".cases", "chainId");
        string[] memory bridges = _column(".cases", "bridge");
        string[] memory epochs = _column(".cases", "epoch");
        string[] memory lanes = _column(".cases", "lane");
        string[] memory sequences = _column(".cases", "sequence");
        string[] memory rollingHashes = _column(".cases", "rollingHash");
        string[] memory digests = _column(".cases", "digest");
        bytes memory code = address(_newHarness(address(manager), _oneMember(), 1)).code;
        for (uint256 i; i < digests.length; ++i) {
            address where = _address(bridges, i);
            vm.etch(where, code);
            vm.chainId(_uint(chainIds, i));
            bytes32 digest = BridgeHarness(where).digest(
                uint64(_uint(epochs, i)), _word(lanes, i), uint64(_uint(sequences, i)), _word(rollingHashes, i)
            );
            assertEq(digest, _word(digests, i));
        }
    }

    function test_The_domain_is_published_as_ERC_5267() public {
        BridgeHarness bridge = _newHarness(address(manager), _oneMember(), 1);
        (bytes1 fields, string memory name, string memory version, uint256 chainId, address at, bytes32 salt, uint256[] memory more) =
            IBridge(address(bridge)).eip712Domain();
        assertEq(fields, bytes1(0x0f));
        assertEq(name, "Bridge");
        assertEq(version, "1");
        assertEq(chainId, block.chainid);
        assertEq(at, address(bridge));
        assertEq(salt, 0);
        assertEq(more.length, 0);
    }
}
