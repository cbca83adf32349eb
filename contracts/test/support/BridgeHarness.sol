// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Bridge} from "../../src/Bridge.sol";
import {Certificates} from "../../src/Certificates.sol";
import {Messages} from "../../src/Messages.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";

/// @notice The Bridge, with doors to its parts for the vectors.
contract BridgeHarness is Bridge {
    constructor(address accessManager, address settings_, address[] memory members, uint8 threshold)
        Bridge(accessManager, settings_, members, threshold)
    {}

    function requireQuorum(bytes32 lane, uint64 sequence, bytes32 rollingHash, Certificate calldata certificate) external view {
        _requireQuorum(lane, sequence, rollingHash, certificate);
    }

    function digest(uint64 epoch_, bytes32 lane, uint64 sequence, bytes32 rollingHash) external view returns (bytes32) {
        return Certificates.digest(epoch_, lane, sequence, rollingHash);
    }

    /// @param memory_ a set's code, and behind it what else memory may hold
    function verify(Certificate calldata certificate, bytes32 signedDigest, bytes memory memory_, uint256 setLength) external view {
        assembly ("memory-safe") {
            mstore(memory_, setLength)
        }
        Certificates.verify(certificate, signedDigest, memory_);
    }

    function explain(Certificate calldata certificate, bytes32 signedDigest, bytes memory set) external view {
        Certificates.explain(certificate, signedDigest, set);
    }

    function fold(bytes calldata messages, bytes32 rollingHash) external pure returns (bytes32 folded, uint256 count) {
        if (messages.length == 0) revert Messages.NoMessages();
        (folded, count,) = Messages.fold(messages, rollingHash, type(uint256).max, address(0));
    }

    function encode(uint32 assetId, address recipient, uint128 amount, uint128 fee, address sender)
        external
        pure
        returns (bytes memory)
    {
        return Messages.encode(assetId, recipient, amount, fee, sender);
    }

    function encodeCall(
        uint32 assetId,
        address recipient,
        uint128 amount,
        uint128 fee,
        address sender,
        uint32 gasLimit,
        bytes calldata payload
    ) external pure returns (bytes memory) {
        return Messages.encodeCall(assetId, recipient, amount, fee, sender, gasLimit, payload);
    }

    function read(bytes calldata message) external pure returns (uint32 assetId, address recipient, uint256 amount, uint256 fee) {
        (uint256 at,) = Messages.span(message);
        (amount, fee) = Messages.amountsAt(at);
        return (Messages.assetIdAt(at), Messages.recipientAt(at), amount, fee);
    }
}
