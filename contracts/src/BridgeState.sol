// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {AssetWord} from "./AssetWords.sol";
import {Outbound, Inbound} from "./Lanes.sol";
import {Meter} from "./Meters.sol";
import {CallFee, Route} from "./Routes.sol";
import {IBridgeErrors} from "./interfaces/IBridgeErrors.sol";
import {IBridgeEvents} from "./interfaces/IBridgeEvents.sol";
import {Fees} from "./interfaces/IBridge.sol";

/// @notice All that a Bridge remembers. The Bridge and its settings are code over this one layout, and neither has a variable of its own.
abstract contract BridgeState is AccessManaged, IBridgeErrors, IBridgeEvents {
    /// @dev What every delivery reads, in one word.
    /// @param set where the validator set in force stands
    /// @param pausedUntil of the pause of everything
    /// @param alertUntil until when any pause may be in force
    struct Head {
        address set;
        uint32 epoch;
        uint32 pausedUntil;
        uint32 alertUntil;
    }

    /// @dev A validator set that waits for its delay.
    struct Pending {
        address set;
        uint32 epoch;
        uint64 readyAt;
    }

    /// @param lastEpoch the greatest ever ordered
    /// @param epoch of the set before the one in force
    /// @param until when that one counts
    struct Past {
        uint32 lastEpoch;
        uint32 epoch;
        uint64 until;
    }

    /// @param done whether the asset is gone: then nothing of it can be announced, sent or taken back
    struct Handover {
        address successor;
        uint64 readyAt;
        bool done;
    }

    /// @param heldUntil 0 unless it is larger than its asset's threshold
    struct Deferral {
        bytes32 messageHash;
        uint64 since;
        uint64 heldUntil;
    }

    Head internal _head;
    Pending internal _pending;
    Past internal _past;
    mapping(uint64 epoch => address) internal _sets;

    uint256[] internal _chainIds;
    mapping(uint256 chainId => Outbound) internal _outbound;
    mapping(bytes32 lane => Inbound) internal _inbound;
    mapping(bytes32 lane => mapping(uint64 sequence => Deferral)) internal _deferrals;

    mapping(uint256 chainId => uint32) internal _lanePausedUntil;
    mapping(uint32 assetId => uint32) internal _assetPausedUntil;

    mapping(uint32 assetId => AssetWord) internal _assets;
    mapping(address token => uint32 assetId) internal _assetOf;
    /// @dev Counts what is locked. In mode Mint the token counts, in its supply.
    mapping(uint32 assetId => Meter) internal _vault;
    mapping(uint32 assetId => Meter) internal _outboundMeter;
    mapping(uint32 assetId => Handover) internal _handovers;
    /// @dev From whom an asset may be taken over, once.
    mapping(uint32 assetId => address) internal _predecessors;

    mapping(uint256 destinationChainId => mapping(uint32 assetId => Route)) internal _routes;
    mapping(uint256 destinationChainId => mapping(uint32 assetId => CallFee)) internal _callFees;
    mapping(uint256 destinationChainId => mapping(uint32 assetId => Fees)) internal _lowestFees;
    mapping(uint256 destinationChainId => mapping(uint32 assetId => Fees)) internal _highestFees;
    mapping(uint256 destinationChainId => mapping(uint32 assetId => bool)) internal _feesBounded;
}
