// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../src/Certificates.sol";
import {Certificate} from "../src/interfaces/IBridge.sol";
import {BridgeHarness} from "./support/BridgeHarness.sol";
import {World} from "./support/World.sol";

/// @notice The quick check and the one that explains must agree about every certificate.
contract CertificatesTest is World {
    BridgeHarness private bridge;
    bytes32 private constant LANE = "lane";
    bytes32 private constant HASH = "hash";

    function setUp() public {
        _makeWorld(7);
        bridge = _newHarness(address(manager), members, threshold);
    }

    function _good() private view returns (Certificate memory) {
        return _certify(_digest(block.chainid, address(bridge), 1, LANE, 9, HASH), 1, threshold);
    }

    function testFuzz_One_other_byte_is_refused_and_the_fault_is_named(uint256 index, uint8 flip) public {
        Certificate memory certificate = _good();
        bridge.requireQuorum(LANE, 9, HASH, certificate);
        index = bound(index, 0, certificate.signatures.length - 1);
        certificate.signatures[index] ^= bytes1(flip == 0 ? 1 : flip);
        _assertRefused(certificate);
    }

    function testFuzz_Other_marks_are_refused_and_the_fault_is_named(uint256 signers) public {
        Certificate memory certificate = _good();
        vm.assume(signers != certificate.signers);
        certificate.signers = signers;
        _assertRefused(certificate);
        certificate.signers = signers % 128; // of the seven members only
        if (signers % 128 != (1 << threshold) - 1) _assertRefused(certificate);
    }

    function testFuzz_Other_signatures_are_refused_and_the_fault_is_named(bytes memory signatures, uint8 signers) public {
        _assertRefused(Certificate(1, signers, signatures));
    }

    function testFuzz_Every_quorum_of_members_is_enough(uint256 seed) public view {
        bytes32 digest = _digest(block.chainid, address(bridge), 1, LANE, 9, HASH);
        Certificate memory certificate = Certificate(1, 0, "");
        uint256 needed = threshold;
        for (uint256 i; i < members.length; ++i) {
            bool mayPass = members.length - i > needed;
            if (needed == 0 || (mayPass && seed >> i & 1 == 1)) continue;
            certificate.signers |= 1 << i;
            certificate.signatures = bytes.concat(certificate.signatures, _sign(keys[i], digest));
            --needed;
        }
        bridge.requireQuorum(LANE, 9, HASH, certificate);
    }

    function test_What_lies_behind_the_set_in_memory_is_no_member() public {
        (address outsider, uint256 key) = makeAddrAndKey("outsider");
        bytes memory set = abi.encodePacked(hex"0001", members[0]);
        Certificate memory certificate = Certificate(1, 2, _sign(key, HASH));
        vm.expectRevert(abi.encodeWithSelector(Certificates.SignerOutsideSet.selector, 2, 1));
        bridge.verify(certificate, HASH, bytes.concat(set, abi.encodePacked(outsider)), set.length);
    }

    /// @dev ecrecover writes nothing for a signature that recovers to nobody, and v (27 or 28) stays where the signer would be.
    function test_A_signature_that_recovers_to_nobody_is_not_by_the_member_whose_address_is_v() public {
        for (uint160 v = 27; v <= 28; ++v) {
            bytes memory set = abi.encodePacked(hex"0001", address(v));
            Certificate memory certificate = Certificate(1, 1, abi.encodePacked(bytes32(0), uint256(v - 27) << 255));
            vm.expectRevert(abi.encodeWithSelector(Certificates.SignatureInvalid.selector, 0));
            bridge.verify(certificate, HASH, set, set.length);
        }
    }

    /// @dev The way that explains lets nothing pass either: were the quick one wrong to refuse, this would be all that is known.
    function test_A_certificate_without_a_fault_is_refused_all_the_same_by_who_was_asked_for_its_fault() public {
        bytes memory set = abi.encodePacked(uint8(0), uint8(1), members[0]);
        Certificate memory certificate = Certificate(1, 1, _sign(keys[0], HASH));
        bridge.verify(certificate, HASH, set, set.length);
        vm.expectRevert(Certificates.CertificateRefused.selector);
        bridge.explain(certificate, HASH, set);
    }

    function _assertRefused(Certificate memory certificate) private view {
        try bridge.requireQuorum(LANE, 9, HASH, certificate) {
            revert("a bad certificate passed");
        } catch (bytes memory reason) {
            assertNotEq(bytes4(reason), Certificates.CertificateRefused.selector);
            assertGt(reason.length, 4);
        }
    }
}
