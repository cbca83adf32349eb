// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../Meters.sol";
import {Fees, Mode} from "./IBridge.sol";

interface IBridgeEvents {
    event MessageSent(
        uint256 indexed destinationChainId, uint64 indexed sequence, address indexed sender, bytes32 rollingHash, bytes message
    );
    event MessagesDelivered(
        bytes32 indexed lane, uint64 firstSequence, uint64 lastSequence, bytes32 rollingHash, address deliverer
    );
    /// @param messageHash keccak256 of the message's bytes, which a retry must present
    /// @param heldUntil before when it cannot be retried; 0 unless it is larger than its asset's threshold
    /// @param reason at most the first 256 bytes of what the failed effect returned
    event MessageDeferred(
        bytes32 indexed lane, uint64 indexed sequence, bytes32 messageHash, uint64 heldUntil, bytes reason
    );
    event MessageRetried(bytes32 indexed lane, uint64 indexed sequence, address caller);
    /// @param returnSequence the position, in the reverse lane, of the message that brings the amount back
    event MessageRefunded(bytes32 indexed lane, uint64 indexed sequence, uint64 returnSequence, address caller);
    /// @dev The token does not let the deliverer have the message's fee, and its recipient got the whole amount.
    event FeeForgone(bytes32 indexed lane, uint64 indexed sequence, address deliverer);

    event LaneOpened(uint256 indexed chainId, address remoteBridge, bytes32 outboundLane, bytes32 inboundLane);
    event AssetRegistered(uint32 indexed assetId, address indexed token, Mode mode);
    event InboundLimitSet(uint32 indexed assetId, Limit limit);
    event OutboundLimitSet(uint32 indexed assetId, Limit limit);
    event HoldSet(uint32 indexed assetId, uint128 threshold, uint24 hold);
    event FeeBoundsSet(uint32 indexed assetId, uint256 indexed destinationChainId, Fees lowest, Fees highest);
    event MinimumFeesSet(uint32 indexed assetId, uint256 indexed destinationChainId, Fees fees);

    event Paused(uint64 until);
    event LanePaused(uint256 indexed chainId, uint64 until);
    event AssetPaused(uint32 indexed assetId, uint64 until);
    event Unpaused();
    event LaneUnpaused(uint256 indexed chainId);
    event AssetUnpaused(uint32 indexed assetId);

    event ValidatorSetChanged(uint64 indexed epoch, address[] members, uint8 threshold);
    event RotationPending(uint64 indexed epoch, uint64 readyAt, address[] members, uint8 threshold);
    event RotationCancelled(uint64 indexed epoch);
    event OverlapEnded(uint64 indexed epoch);

    event HandoverAnnounced(uint32 indexed assetId, address indexed successor, uint64 readyAt);
    event HandedOver(uint32 indexed assetId, address indexed successor, uint256 locked);
    event HandoverExpected(uint32 indexed assetId, address indexed predecessor);
    event HandoverReceived(uint32 indexed assetId, address indexed predecessor, uint256 amount);
}
