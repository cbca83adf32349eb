// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Differential} from "../support/Differential.sol";
import {VectorTest} from "../support/VectorTest.sol";

contract RotationVectorsTest is VectorTest {
    function test_Rotations_are_signed_as_in_the_vectors() public {
        _load("rotation");
        string[] memory digests = _column(".cases", "digest");
        bytes memory code = address(new Differential()).code;
        for (uint256 i; i < digests.length; ++i) {
            address where = vm.parseAddress(_field(i, "bridge"));
            vm.etch(where, code);
            vm.chainId(vm.parseUint(_field(i, "chainId")));
            (, bytes32 membersHash, bytes32 digest) = Differential(where).rotation(
                uint64(vm.parseUint(_field(i, "epoch"))),
                this.addresses(_inner(".cases", i, "members")),
                uint8(vm.parseUint(_field(i, "threshold")))
            );
            assertEq(membersHash, vm.parseBytes32(_field(i, "membersHash")));
            assertEq(digest, vm.parseBytes32(digests[i]));
        }
    }

    function _field(uint256 i, string memory key) private view returns (string memory) {
        return this.text(_inner(".cases", i, key));
    }
}
