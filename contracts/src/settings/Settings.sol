// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {AssetSettings} from "./AssetSettings.sol";
import {HandoverSettings} from "./HandoverSettings.sol";
import {LaneSettings} from "./LaneSettings.sol";
import {RotationSettings} from "./RotationSettings.sol";

/// @notice The half of a Bridge that is rarely called: everything about it that can change, and views. Its code runs in the Bridge,
/// which names it for ever when it is created. Called by itself it is an empty Bridge without an authority, which refuses everybody.
contract Settings is AssetSettings, HandoverSettings, LaneSettings, RotationSettings {
    constructor() AccessManaged(address(0)) {}
}
