// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Certificates} from "./Certificates.sol";
import {ValidatorSets} from "./ValidatorSets.sol";
import {Certificate, IBridge} from "./interfaces/IBridge.sol";

/// @notice Who may attest here, and whether they did.
abstract contract ValidatorBook is IBridge, IERC5267 {
    using ValidatorSets for bytes;

    /// @dev One word, read by every delivery.
    address private _set;
    uint64 private _epoch;

    constructor(address[] memory members, uint8 threshold) {
        _set = ValidatorSets.store(members, threshold);
        _epoch = 1;
        emit ValidatorSetChanged(1, members, threshold);
    }

    /// @inheritdoc IBridge
    function epoch() external view returns (uint64) {
        return _epoch;
    }

    /// @inheritdoc IBridge
    function validatorSet(uint64 epoch_) external view returns (address[] memory members, uint8 threshold) {
        if (epoch_ != _epoch) revert UnknownEpoch(epoch_, _epoch);
        bytes memory set = ValidatorSets.load(_set);
        return (set.all(), uint8(set.threshold()));
    }

    /// @inheritdoc IERC5267
    function eip712Domain()
        external
        view
        returns (
            bytes1 fields,
            string memory name,
            string memory version,
            uint256 chainId,
            address verifyingContract,
            bytes32 salt,
            uint256[] memory extensions
        )
    {
        // 0x0f: name, version, chainId and verifyingContract are what the domain is made of.
        return (hex"0f", "Bridge", "1", block.chainid, address(this), 0, new uint256[](0));
    }

    function _requireQuorum(bytes32 lane, uint64 sequence, bytes32 rollingHash, Certificate calldata certificate) internal view {
        (uint64 current, address set) = (_epoch, _set);
        if (certificate.epoch != current) revert WrongEpoch(certificate.epoch, current);
        Certificates.verify(certificate, Certificates.digest(current, lane, sequence, rollingHash), ValidatorSets.load(set));
    }
}
