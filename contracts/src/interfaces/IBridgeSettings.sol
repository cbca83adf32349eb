// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {Limit} from "../Meters.sol";
import {Asset, Certificate, Fees, Mode} from "./IBridge.sol";

/// @notice Everything about a Bridge that can change, who changes it and what it is now. "Restricted" functions ask the
/// AccessManager; TRUST.md says which role has which.
interface IBridgeSettings is IERC5267 {
    /// @notice Opens both directions between this chain and `chainId`, for ever. Restricted.
    function openLane(uint256 chainId, address remoteBridge) external;

    /// @notice Makes `token` this chain's form of the asset, for ever. Restricted. In mode Mint the token must let this Bridge mint
    /// and burn, and holds the limit itself; otherwise `inboundLimit` guards what can leave this Bridge.
    function registerAsset(uint32 assetId, address token, Mode mode, Limit calldata inboundLimit) external;

    /// @notice Replaces the limit on what can leave this Bridge. Restricted; for assets whose home is here.
    function setInboundLimit(uint32 assetId, Limit calldata limit) external;

    /// @notice Limits what can be sent of an asset; a capacity of 0 ends the limit. A limit that follows none starts empty. Restricted.
    function setOutboundLimit(uint32 assetId, Limit calldata limit) external;

    /// @notice Defers every delivered message of more than `threshold` base units by `hold` seconds; a threshold of 0 ends that.
    /// Restricted. The threshold is rounded down to 24 significant bits.
    function setHold(uint32 assetId, uint128 threshold, uint24 hold) external;

    /// @notice Sets between what the minimum fees may be set. Restricted. Asset 0 stands for calls without tokens.
    function setFeeBounds(uint32 assetId, uint256 destinationChainId, Fees calldata lowest, Fees calldata highest) external;

    /// @notice Sets the minimum fees to where a lane is open, within their bounds, which must have been set. Restricted. Until it is done,
    /// sending the asset there is refused.
    /// `transfer` and `transferTo` must have at most 36 significant bits.
    function setMinimumFees(uint32 assetId, uint256 destinationChainId, Fees calldata fees) external;

    /// @notice Stops sending, delivering, retrying and refunding for PAUSE seconds from now on. Restricted, like the next two.
    function pause() external;

    /// @notice Stops both directions between this chain and `chainId` for PAUSE seconds from now on.
    function pauseLane(uint256 chainId) external;

    /// @notice For PAUSE seconds from now on the asset cannot be sent, retried or refunded, and is deferred on delivery.
    function pauseAsset(uint32 assetId) external;

    /// @notice Ends a pause before it ends by itself. Restricted, like the next two.
    function unpause() external;
    function unpauseLane(uint256 chainId) external;
    function unpauseAsset(uint32 assetId) external;

    /// @notice Begins the replacement of the validator set, ordered by a quorum of the current one. Anyone may call; one at a time.
    /// @param certificate under the current epoch, over Rotation(epoch, members, threshold) with the epoch of `nextEpoch`
    function rotate(address[] calldata members, uint8 threshold, Certificate calldata certificate) external;

    /// @notice Puts the pending set in force once its delay is over. Anyone may call. The set before it counts for OVERLAP more.
    function activateRotation() external;

    /// @notice Drops the pending rotation; its signatures are worth nothing afterwards. Restricted.
    function cancelRotation() external;

    /// @notice Ends the time in which the previous set still counts. Restricted.
    function endOverlap() external;

    /// @notice Stops sending the asset and names who may take it over, seven days from now at the earliest. Restricted.
    /// The zero address calls it off. Refused once the asset is handed over.
    function announceHandover(uint32 assetId, address successor) external;

    /// @notice Gives all that is locked of a paused asset to the announced successor, once and for ever. Restricted.
    function handover(uint32 assetId) external;

    /// @notice Names the Bridge from which this one will take over an asset that it has registered, once; the zero address calls it
    /// off. Restricted.
    function expectHandover(uint32 assetId, address predecessor) external;

    /// @notice All fields are 0 for an id that is not registered.
    function asset(uint32 assetId) external view returns (Asset memory);

    /// @return limit what guards the asset's way out of this Bridge or into circulation here
    /// @return available base units that pass now
    function inboundLimit(uint32 assetId) external view returns (Limit memory limit, uint256 available);

    /// @return limit of capacity 0 where there is none
    /// @return available base units that can be sent now
    function outboundLimit(uint32 assetId) external view returns (Limit memory limit, uint256 available);

    /// @notice The first second at which a delivered or retried message of `amount` finds room in the bucket if nothing else takes it
    /// first; the greatest uint64 where it never does.
    function passesAt(uint32 assetId, uint128 amount) external view returns (uint64);

    function hold(uint32 assetId) external view returns (uint128 threshold, uint24 seconds_);

    /// @return fees in base units of the asset
    /// @return set whether the asset can be sent there at all
    function minimumFees(uint32 assetId, uint256 destinationChainId) external view returns (Fees memory fees, bool set);

    function feeBounds(uint32 assetId, uint256 destinationChainId) external view returns (Fees memory lowest, Fees memory highest);

    /// @notice Until when everything, a lane and an asset are paused; a time that is past, or 0, where they are not.
    function pausedUntil(uint256 chainId, uint32 assetId) external view returns (uint64 everything, uint64 lane, uint64 asset_);

    /// @notice Members in ascending order, and how many of them make a certificate, of an epoch that is or was in force.
    function validatorSet(uint64 epoch_) external view returns (address[] memory members, uint8 threshold);

    /// @notice The epoch of the validator set in force; the first is 1.
    function epoch() external view returns (uint64);

    /// @notice The epoch that a rotation must name: no number is used twice, not even that of a cancelled rotation.
    function nextEpoch() external view returns (uint64);

    /// @notice The pending rotation; all 0 where there is none.
    function pendingRotation() external view returns (uint64 epoch_, uint64 readyAt, address[] memory members, uint8 threshold);

    /// @notice The previous epoch and until when it counts.
    function overlap() external view returns (uint64 epoch_, uint64 until);

    /// @notice Who takes the asset over and from when on they may; (0, 0) where none is announced.
    function pendingHandover(uint32 assetId) external view returns (address successor, uint64 readyAt);

    /// @notice Seconds that a pause lasts unless it is renewed.
    function PAUSE() external view returns (uint32);

    /// @notice Seconds between a rotation's order and the time from which on it can be activated.
    function ROTATION_DELAY() external view returns (uint64);

    /// @notice Seconds for which the set before the one in force still counts.
    function OVERLAP() external view returns (uint64);

    /// @notice Least seconds between the announcement of a handover and the handover.
    function HANDOVER_DELAY() external view returns (uint64);
}
