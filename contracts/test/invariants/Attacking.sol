// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Certificate} from "../../src/interfaces/IBridge.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {Governing} from "./Governing.sol";
import {Rules} from "./Rules.sol";

/// @notice Deliveries that must never pass. Most would pay a stranger what nobody sent.
abstract contract Attacking is Governing {
    function deliverForged(bool atHome, uint256 kind, uint256 seed) public on(atHome) {
        Reign memory reign = _reigns[atHome];
        kind %= 6;
        (bool toHome, uint256 chainId) = (kind == 5 ? !atHome : atHome, _chain(kind == 4 ? !atHome : atHome));
        bytes32 digest = _digest(
            chainId, address(_bridge(atHome)), reign.epoch, _laneTo(toHome), uint64(_delivered[atHome] + 1), _forgedHash(atHome)
        );
        Set memory set = _sets[atHome][reign.epoch];
        _mustFail(atHome, 0, _forged(), _badlySigned(set, reign.epoch, digest, kind, seed), Rules.QUORUM);
        _reach("forged");
    }

    /// @dev Under an epoch that is over, not in force yet, cancelled, or none; some of them signed by all that such a set has.
    function deliverUnderAnotherEpoch(bool atHome, uint256 kind, uint256 seed) public on(atHome) {
        kind %= 5;
        (uint64 epoch, uint256 rule) = _anotherEpoch(atHome, kind, seed);
        if (kind > 1 && _sets[atHome][epoch].mask == 0) return;
        if (epoch != 0 && epoch == _reigns[atHome].pastEpoch && _overlaps(atHome)) return;
        bytes32 digest = _checkpoint(atHome, epoch, _delivered[atHome] + 1, _forgedHash(atHome));
        Set memory set = _sets[atHome][epoch];
        _mustFail(atHome, 0, _forged(), _signed(set, epoch, digest, set.threshold, seed), rule);
        _reach(kind < 2 ? "no epoch" : kind == 2 ? "pending epoch" : kind == 3 ? "cancelled epoch" : "past epoch");
    }

    function _anotherEpoch(bool atHome, uint256 kind, uint256 seed) private view returns (uint64 epoch, uint256 rule) {
        Reign memory reign = _reigns[atHome];
        if (kind == 0) return (0, Rules.DEFAULTS);
        if (kind == 1) return (reign.lastEpoch + 1 + uint64(seed % 3), Rules.DEFAULTS);
        if (kind == 2) return (reign.pendingEpoch, Rules.ROTATION_DELAY);
        if (kind == 3) return (_cancelled[atHome], Rules.CANCELLED);
        // The one before, or any that ever was.
        if (seed % 2 == 0) return (reign.pastEpoch, Rules.OVERLAP);
        return (reign.epoch == 1 ? 0 : uint64(1 + seed % (reign.epoch - 1)), Rules.OVERLAP);
    }

    function deliverWithoutSignatures(bool atHome, uint256 signers) public on(atHome) {
        Certificate memory certificate = Certificate(_reigns[atHome].epoch, signers % 2 == 0 ? 0 : signers, "");
        _mustFail(atHome, 0, _forged(), certificate, Rules.DEFAULTS);
        _reach("no signatures");
    }

    /// @dev What was delivered once, byte for byte.
    function replay(bool atHome, uint256 which) public on(atHome) {
        uint256 count = _accepted[atHome].length;
        if (count == 0) return;
        (bool done,) = _try(_stranger, address(_bridge(atHome)), 0, _accepted[atHome][which % count]);
        if (done) _break(Rules.REPLAY);
        _reach("replayed");
    }

    /// @dev With a good certificate for what was really sent: another content, or without the message before.
    function deliverAltered(bool atHome, uint256 seed) public on(atHome) {
        uint256 next = _delivered[atHome];
        uint256 open = _lanes[atHome].length - next;
        if (open == 0) return;
        bool skips = open > 1 && seed % 2 == 0;
        if (skips) ++next;
        bytes memory wire = _lanes[atHome][next].message;
        if (!skips) wire[40] ^= 0x01; // the last byte of the amount
        Certificate memory certificate = _attest(atHome, _reigns[atHome].epoch, next + 1, seed);
        _mustFail(atHome, skips ? 1 : 0, wire, certificate, skips ? Rules.ORDER : Rules.QUORUM);
        _reach(skips ? "skipped" : "altered");
    }

    function _forged() private view returns (bytes memory) {
        return abi.encodePacked(uint8(1), PLAIN, _stranger, UNIT, uint128(0));
    }

    function _forgedHash(bool atHome) private view returns (bytes32) {
        return _fold(_hashes[atHome][_delivered[atHome]], _forged());
    }

    /// @param skipped how many messages it leaves out
    function _mustFail(bool atHome, uint256 skipped, bytes memory wire, Certificate memory certificate, uint256 rule) private {
        uint64 sequence = uint64(_delivered[atHome] + 1 + skipped);
        bytes memory input = abi.encodeCall(ITransfers.deliver, (_laneTo(atHome), sequence, wire, certificate));
        (bool done,) = _try(_stranger, address(_bridge(atHome)), 0, input);
        if (done) _break(rule);
    }

    /// @dev By one too few, by foreigners, by one member several times over, by one too many; well signed from kind 4 on.
    function _badlySigned(Set memory set, uint64 epoch, bytes32 digest, uint256 kind, uint256 seed)
        internal
        view
        returns (Certificate memory certificate)
    {
        if (kind == 0) return _signed(set, epoch, digest, set.threshold - 1, seed);
        if (kind > 3) return _signed(set, epoch, digest, set.threshold, seed);
        // One too many where there is one. Otherwise a member that does not exist.
        if (kind == 3) {
            certificate = _signed(set, epoch, digest, set.threshold, 0);
            certificate.signers |= 1 << set.threshold;
            certificate.signatures = bytes.concat(certificate.signatures, _sign(keys[_poolIndex(set, set.threshold)], digest));
            return certificate;
        }
        (certificate.epoch, certificate.signers) = (epoch, (1 << set.threshold) - 1);
        for (uint256 i; i < set.threshold; ++i) {
            uint256 key = kind == 1 ? uint256(keccak256(abi.encode("foreign", seed, i))) : keys[_poolIndex(set, 0)];
            certificate.signatures = bytes.concat(certificate.signatures, _sign(key, digest));
        }
        // In a set of one, one signature by its member is a quorum.
        if (kind == 2 && set.threshold == 1) certificate.signatures = bytes.concat(certificate.signatures, certificate.signatures);
    }

    function _poolIndex(Set memory set, uint256 position) private pure returns (uint256 index) {
        for (index = 0; index < POOL; ++index) {
            if (set.mask >> index & 1 == 0) continue;
            if (position == 0) return index;
            --position;
        }
        return POOL - 1;
    }
}
