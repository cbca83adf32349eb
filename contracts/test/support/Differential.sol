// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Certificates} from "../../src/Certificates.sol";
import {Lanes} from "../../src/Lanes.sol";
import {Messages} from "../../src/Messages.sol";
import {ValidatorBook} from "../../src/ValidatorBook.sol";
import {ValidatorSets} from "../../src/ValidatorSets.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";

/// @notice What the C# computes too, behind functions that take all they need: Bridge.Evm.Tests asks both and compares.
contract Differential is ValidatorBook {
    using ValidatorSets for bytes;

    /// @param data what was returned, or what it was refused with
    struct Answer {
        bool accepted;
        bytes data;
    }

    /// @param gasLimit of a call, as is the payload
    struct Fields {
        uint256 kind;
        uint32 assetId;
        address recipient;
        uint256 amount;
        uint256 fee;
        address sender;
        uint256 gasLimit;
        bytes payload;
    }

    constructor() AccessManaged(address(1)) ValidatorBook(_one(), 1) {}

    /// @notice Many questions in one call, each the calldata of a function below.
    function ask(bytes[] calldata questions) external returns (Answer[] memory answers) {
        answers = new Answer[](questions.length);
        for (uint256 i; i < questions.length; ++i) {
            (answers[i].accepted, answers[i].data) = address(this).call(questions[i]);
        }
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

    /// @dev The last argument lies behind the messages in calldata: nothing may depend on it.
    function decode(bytes calldata messages, bytes32 rollingHash, bytes calldata)
        external
        pure
        returns (bytes32 folded, Fields[] memory fields)
    {
        if (messages.length == 0) revert Messages.NoMessages();
        uint256 count;
        (folded, count,) = Messages.fold(messages, rollingHash, type(uint256).max, address(0));
        fields = new Fields[](count);
        (uint256 at, uint256 end) = Messages.span(messages);
        for (uint256 i; at < end; ++i) {
            fields[i] = _read(at);
            at += Messages.lengthAt(at);
        }
    }

    /// @notice The rolling hash behind each of `messages`, whatever their bytes are.
    function fold(bytes32 rollingHash, bytes[] calldata messages) external pure returns (bytes32[] memory folded) {
        folded = new bytes32[](messages.length);
        for (uint256 i; i < messages.length; ++i) {
            folded[i] = rollingHash = Lanes.fold(rollingHash, keccak256(messages[i]));
        }
    }

    function laneId(uint256 sourceChainId, address sourceBridge, uint256 destinationChainId, address destinationBridge)
        external
        pure
        returns (bytes32)
    {
        return Lanes.id(sourceChainId, sourceBridge, destinationChainId, destinationBridge);
    }

    function inboundId(uint256 sourceChainId, address sourceBridge) external view returns (bytes32) {
        return Lanes.inboundId(sourceChainId, sourceBridge);
    }

    function digest(uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash) external view returns (bytes32) {
        return Certificates.digest(epoch, lane, sequence, rollingHash);
    }

    function digestAt(uint256 chainId, address bridge, uint64 epoch, bytes32 lane, uint64 sequence, bytes32 rollingHash)
        external
        pure
        returns (bytes32)
    {
        return Certificates.digestAt(chainId, bridge, epoch, lane, sequence, rollingHash);
    }

    /// @notice A set as it is stored, and what is signed to have it follow as `epoch`.
    function rotation(uint64 epoch, address[] calldata members, uint8 threshold)
        external
        returns (bytes memory blob, bytes32 membersHash, bytes32 signedDigest)
    {
        blob = ValidatorSets.load(ValidatorSets.store(members, threshold));
        membersHash = blob.membersHash();
        signedDigest = Certificates.rotationDigest(epoch, membersHash, threshold);
    }

    /// @param replaced whether the set is the one before the one in force, which still counts, or the one in force itself
    /// @param certificate not of the greatest epoch: that one is in force, without a set, where the set is replaced
    function quorum(
        address[] calldata members,
        uint8 threshold,
        uint32 epoch,
        bool replaced,
        bytes32 lane,
        uint64 sequence,
        bytes32 rollingHash,
        Certificate calldata certificate
    ) external {
        _enforce(ValidatorSets.store(members, threshold), epoch, replaced);
        _requireQuorum(lane, sequence, rollingHash, certificate);
    }

    function _enforce(address set, uint32 epoch, bool replaced) private {
        if (replaced) {
            (_head.epoch, _past.epoch, _past.until, _sets[epoch]) = (type(uint32).max, epoch, type(uint64).max, set);
        } else {
            // The epoch before counted until this very second: no longer.
            (_head.set, _head.epoch) = (set, epoch);
            (_past.epoch, _past.until, _sets[epoch - 1]) = (epoch - 1, uint64(block.timestamp), set);
        }
    }

    function _read(uint256 at) private pure returns (Fields memory fields) {
        fields.kind = Messages.kindAt(at);
        fields.assetId = Messages.assetIdAt(at);
        fields.recipient = Messages.recipientAt(at);
        (fields.amount, fields.fee) = Messages.amountsAt(at);
        fields.sender = Messages.senderAt(at);
        if (fields.kind == Messages.CALL) (fields.gasLimit, fields.payload) = (Messages.gasLimitAt(at), Messages.payloadAt(at));
    }

    function _one() private pure returns (address[] memory members) {
        members = new address[](1);
        members[0] = address(1);
    }
}
