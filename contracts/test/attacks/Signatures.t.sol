// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificates} from "../../src/Certificates.sol";
import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Attacks 7 to 12, 15, 18 and 19: certificates that are no quorum. Four members, three must sign.
contract SignaturesTest is AttackWorld {
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    bytes private message;
    bytes32 private digest;
    bytes[4] private by; // a signature by each member

    function setUp() public override {
        super.setUp();
        message = _transfer(alice, 5 ether, MINIMUM);
        digest = _digest(AWAY, address(away), 1, _homeToAway(), 1, _fold(_homeToAway(), message));
        for (uint256 i; i < 4; ++i) {
            by[i] = _sign(keys[i], digest);
        }
        vm.chainId(AWAY);
    }

    function _refused(bytes memory error, uint256 signers, bytes memory signatures) private {
        vm.expectRevert(error);
        away.deliver(_homeToAway(), 1, message, Certificate(1, signers, signatures));
        assertEq(wrapped.totalSupply(), 0);
    }

    /// @dev Expects a signature that is formally fine and nobody's.
    function _refusedAsAlien(uint256 index, bytes memory alien, bytes memory signatures) private {
        address signer = _recover(digest, alien);
        bytes memory error = signer == address(0)
            ? abi.encodeWithSelector(Certificates.SignatureInvalid.selector, index)
            : abi.encodeWithSelector(Certificates.NotAMember.selector, index, signer);
        _refused(error, 7, signatures);
    }

    function test_Attack_07_HighSSignature() public {
        (bytes32 r, uint256 vs) = (_word(by[0], 0), uint256(_word(by[0], 32)));
        bytes memory high = abi.encodePacked(r, ORDER / 2 + 1); // the lowest of the high
        _refused(abi.encodeWithSelector(Certificates.HighS.selector, 0), 7, bytes.concat(high, by[1], by[2]));

        // The twin of a signature by a member has no room in 255 bits: what its s is cut to belongs to nobody.
        bytes memory twin = abi.encodePacked(r, ORDER - (vs << 1 >> 1));
        _refusedAsAlien(0, twin, bytes.concat(twin, by[1], by[2]));
    }

    function test_Attack_08_OtherFormsOfV() public {
        for (uint256 v; v < 4; ++v) {
            uint8 last = [0, 1, 27, 28][v];
            bytes memory long;
            for (uint256 i; i < threshold; ++i) {
                (bytes32 r, uint256 vs) = (_word(by[i], 0), uint256(_word(by[i], 32)));
                long = abi.encodePacked(long, r, vs << 1 >> 1, last);
            }
            _refused(abi.encodeWithSelector(Certificates.SignatureLengthWrong.selector, 65 * 3), 7, long);
        }
        bytes memory flipped = abi.encodePacked(_word(by[2], 0), uint256(_word(by[2], 32)) ^ 1 << 255);
        _refusedAsAlien(2, flipped, bytes.concat(by[0], by[1], flipped));
        // Whatever form it has, a member counts once.
        _refusedAsAlien(1, abi.encodePacked(_word(by[0], 0), uint256(_word(by[0], 32)) ^ 1 << 255),
            abi.encodePacked(by[0], _word(by[0], 0), uint256(_word(by[0], 32)) ^ 1 << 255, by[1]));
    }

    function test_Attack_09_RepeatedSigner() public {
        bytes4 repeated = Certificates.SignerRepeated.selector;
        _refused(abi.encodeWithSelector(repeated, 1, members[0]), 7, bytes.concat(by[0], by[0], by[1]));
        _refused(abi.encodeWithSelector(repeated, 2, members[0]), 7, bytes.concat(by[0], by[1], by[0]));
        _refused(abi.encodeWithSelector(repeated, 2, members[1]), 7, bytes.concat(by[0], by[1], by[1]));
    }

    function test_Attack_10_UnsortedSigners() public {
        bytes4 unsorted = Certificates.SignaturesUnsorted.selector;
        _refused(abi.encodeWithSelector(unsorted, 0, members[0], members[1]), 7, bytes.concat(by[1], by[0], by[2]));
        _refused(abi.encodeWithSelector(unsorted, 1, members[1], members[2]), 7, bytes.concat(by[0], by[2], by[1]));
    }

    function test_Attack_11_SignatureThatRecoversToZero() public {
        bytes memory none = new bytes(64);
        _refused(abi.encodeWithSelector(Certificates.SignatureInvalid.selector, 0), 7, bytes.concat(none, none, none));
        _refused(abi.encodeWithSelector(Certificates.SignatureInvalid.selector, 2), 7, bytes.concat(by[0], by[1], none));

        members[0] = address(0);
        bytes memory code = _bridgeCode(address(manager), members, threshold);
        vm.expectRevert(abi.encodeWithSelector(ValidatorSets.MembersNotAscending.selector, address(0), address(0)));
        _create(code);
    }

    function test_Attack_12_SignerOutsideTheSet() public {
        (address outsider, uint256 key) = makeAddrAndKey("outsider");
        bytes memory error = abi.encodeWithSelector(Certificates.NotAMember.selector, 2, outsider);
        _refused(error, 7, bytes.concat(by[0], by[1], _sign(key, digest)));
        error = abi.encodeWithSelector(Certificates.SignerNotMarked.selector, 2, members[2], members[3]);
        _refused(error, 7, bytes.concat(by[0], by[1], by[3]));
        _refused(abi.encodeWithSelector(Certificates.SignerOutsideSet.selector, 19, 4), 19, bytes.concat(by[0], by[1], by[2]));
    }

    function test_Attack_12_SignerWhoWasRemoved() public {
        address removed = members[0];
        address[] memory next = new address[](3);
        (next[0], next[1], next[2]) = (members[1], members[2], members[3]);
        _rotateAway(next, 3);
        _wait(1 days);

        bytes32 second = _digest(AWAY, address(away), 2, _homeToAway(), 1, _fold(_homeToAway(), message));
        Certificate memory certificate = _certify(second, 2, 3); // by the removed member and two who stayed
        vm.expectRevert(abi.encodeWithSelector(Certificates.NotAMember.selector, 0, removed));
        away.deliver(_homeToAway(), 1, message, certificate);
    }

    function test_Attack_15_AlmostAQuorum() public {
        (, uint256 key) = makeAddrAndKey("outsider");
        bytes memory bad = _sign(key, digest);
        _refusedAsAlien(2, bad, bytes.concat(by[0], by[1], bad));
        _refused(abi.encodeWithSelector(Certificates.SignerRepeated.selector, 2, members[1]), 7, bytes.concat(by[0], by[1], by[1]));
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 2, 3), 3, bytes.concat(by[0], by[1]));
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 0, 3), 7, "");
        _refused(abi.encodeWithSelector(Certificates.SignerCountWrong.selector, 2, 3), 3, bytes.concat(by[0], by[1], by[2]));
    }

    function test_Attack_18_MoreSignaturesThanNeeded() public {
        bytes memory all = bytes.concat(by[0], by[1], by[2], by[3]);
        _refused(abi.encodeWithSelector(Certificates.TooManySignatures.selector, 4, 3), 15, all);
        bytes memory longer = bytes.concat(by[0], by[1], by[2], hex"00");
        _refused(abi.encodeWithSelector(Certificates.SignatureLengthWrong.selector, 193), 7, longer);

        bytes memory many = new bytes(64 * 1000);
        uint256 before = gasleft();
        _refused(abi.encodeWithSelector(Certificates.TooManySignatures.selector, 1000, 3), 7, many);
        assertLt(before - gasleft(), 500_000); // none of them was looked at
    }

    function test_Attack_19_SignatureBytesThatAreNoSignatures() public {
        for (uint256 length = 1; length < 200; length += 9) {
            if (length % 64 == 0) continue;
            _refused(abi.encodeWithSelector(Certificates.SignatureLengthWrong.selector, length), 7, new bytes(length));
        }
        // Offsets and lengths that lead out of calldata.
        bytes memory good =
            abi.encodeCall(away.deliver, (_homeToAway(), 1, message, Certificate(1, 7, bytes.concat(by[0], by[1], by[2]))));
        uint256[4] memory places = [uint256(4 + 64), 4 + 96, 4 + 128, good.length - 224]; // offsets, then both lengths
        for (uint256 i; i < places.length; ++i) {
            bytes memory bad = bytes.concat(good);
            uint256 at = places[i];
            assembly ("memory-safe") {
                mstore(add(add(bad, 0x20), at), not(0))
            }
            (bool success, bytes memory reason) = address(away).call(bad);
            assertFalse(success);
            assertEq(reason.length, 0); // refused by the decoder
        }
        (bool passes,) = address(away).call(good);
        assertTrue(passes);
    }
}
