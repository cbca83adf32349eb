// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

// Everything that deploy.mjs deploys, so that building this one file gives it all artifacts it needs.
import {AccessManager} from "@openzeppelin/contracts/access/manager/AccessManager.sol";
import {Bridge} from "../src/Bridge.sol";
import {Settings} from "../src/settings/Settings.sol";
import {BridgedToken} from "../src/BridgedToken.sol";
import {TestToken} from "../test/tokens/TestToken.sol";
import {Intents} from "../src/Intents.sol";
import {FaultProofs} from "../src/FaultProofs.sol";
