// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../../src/Certificates.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {BridgeHarness} from "../support/BridgeHarness.sol";
import {VectorTest} from "../support/VectorTest.sol";

contract CertificateVectorsTest is VectorTest {
    mapping(bytes32 name => bytes4) private errors;

    function setUp() public {
        _load("certificate");
        errors["WrongEpoch"] = IBridgeErrors.WrongEpoch.selector;
        errors["SignatureLengthWrong"] = Certificates.SignatureLengthWrong.selector;
        errors["TooFewSignatures"] = Certificates.TooFewSignatures.selector;
        errors["TooManySignatures"] = Certificates.TooManySignatures.selector;
        errors["SignerOutsideSet"] = Certificates.SignerOutsideSet.selector;
        errors["SignerCountWrong"] = Certificates.SignerCountWrong.selector;
        errors["HighS"] = Certificates.HighS.selector;
        errors["SignatureInvalid"] = Certificates.SignatureInvalid.selector;
        errors["SignerRepeated"] = Certificates.SignerRepeated.selector;
        errors["SignaturesUnsorted"] = Certificates.SignaturesUnsorted.selector;
        errors["SignerNotMarked"] = Certificates.SignerNotMarked.selector;
        errors["NotAMember"] = Certificates.NotAMember.selector;
    }

    function test_Good_certificates_pass_and_every_malformed_one_has_its_own_error() public {
        string[] memory expected = _column(".cases", "expect");
        string[] memory lanes = _column(".cases", "lane");
        string[] memory sequences = _column(".cases", "sequence");
        string[] memory rollingHashes = _column(".cases", "rollingHash");
        uint256 good;
        for (uint256 i; i < expected.length; ++i) {
            (BridgeHarness bridge, Certificate memory certificate) = _case(i);
            (bytes32 lane, uint64 sequence, bytes32 hash) = (_word(lanes, i), uint64(_uint(sequences, i)), _word(rollingHashes, i));
            if (keccak256(bytes(expected[i])) == keccak256("ok")) {
                ++good;
            } else {
                bytes4 selector = errors[bytes32(bytes(expected[i]))];
                assertNotEq(selector, bytes4(0), expected[i]);
                vm.expectPartialRevert(selector);
            }
            bridge.requireQuorum(lane, sequence, hash, certificate);
        }
        assertGt(good, 0);
        assertGt(expected.length, good);
    }

    function _case(uint256 i) private returns (BridgeHarness bridge, Certificate memory certificate) {
        vm.chainId(vm.parseUint(this.text(_inner(".cases", i, "chainId"))));
        bridge = _bridgeAt(
            vm.parseAddress(this.text(_inner(".cases", i, "bridge"))),
            this.addresses(_inner(".cases", i, "members")),
            uint8(vm.parseUint(this.text(_inner(".cases", i, "threshold"))))
        );
        certificate = Certificate(
            uint64(vm.parseUint(this.text(_inner(".cases", i, "epoch")))),
            vm.parseUint(this.text(_inner(".cases", i, "signers"))),
            vm.parseBytes(this.text(_inner(".cases", i, "signatures")))
        );
    }
}
