// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {GuardChecks} from "./GuardChecks.sol";

/// @notice All that people do to two Bridges, and all that must hold meanwhile. Each theme has a file and builds on the one before: Books,
/// Sets, Flows, Seals, Scene, Sending, Calling, Delivering, Waiting, Pausing, Limiting, Rotating, Governing, Attacking, Usurping,
/// Trespassing, Weather, and the Checks. What is seldom done shares an entrance here, so that most of what happens is traffic.
contract Traffic is GuardChecks {
    function set(bool atHome, uint256 what, uint256 a, uint256 b) external {
        what %= 7;
        if (what == 0) setInboundLimit(a, b);
        else if (what == 1) setOutboundLimit(atHome, a, b);
        else if (what == 2) lowerMintLimit(a, b);
        else if (what == 3) raiseMintLimit(a, b);
        else if (what == 4) setHold(atHome, a, b);
        else if (what == 5) setFees(atHome, a, b);
        else handOver(a);
    }

    function renew(bool atHome, uint256 what, uint256 mask, uint256 threshold_, uint256 skip) external {
        what %= 8;
        if (what < 3) rotate(atHome, mask, threshold_, skip);
        else if (what < 6) activate(atHome);
        else if (what == 6) cancel(atHome);
        else endOverlap(atHome);
        // Right behind each step, whoever lost by it tries what it took away.
        if (what == 3) usurp(atHome, 4, skip);
        else if (what == 6) orderAgain(atHome);
        else if (what == 7) deliverUnderAnotherEpoch(atHome, 4, skip);
    }

    function attack(bool atHome, uint256 how, uint256 a, uint256 b) external {
        how %= 13;
        if (how == 0) deliverForged(atHome, a, b);
        else if (how == 1) deliverUnderAnotherEpoch(atHome, a, b);
        else if (how == 2) deliverWithoutSignatures(atHome, a);
        else if (how == 3) replay(atHome, a);
        else if (how == 4) deliverAltered(atHome, a);
        else if (how == 5) usurp(atHome, a, b);
        else if (how == 6) orderAgain(atHome);
        else if (how == 7) trespass(atHome, a);
        else if (how == 8) overstep(atHome, a);
        else if (how == 9) trespassOnAToken(a, b);
        else if (how == 10) openInnerDoors(atHome, a, b);
        else if (how == 11) sendWithWrongValue(a, b, b >> 128);
        else sendInAnothersName(atHome, a, b);
    }

    function change(bool atHome, uint256 what, uint256 a, uint256 b, uint256 c) external {
        what %= 4;
        if (what == 0) donate(atHome, a, b, b >> 128, c % 2 == 0);
        else if (what == 1) setBlacklisted(a, c % 2 == 0);
        else setWay(a, b);
    }

    /// @dev More than once what should happen more often.
    function actions() external pure returns (bytes4[] memory selectors) {
        bytes4[16] memory all = [
            this.send.selector,
            this.send.selector,
            this.sendCall.selector,
            this.deliver.selector,
            this.deliver.selector,
            this.deliver.selector,
            this.retry.selector,
            this.refund.selector,
            this.wait.selector,
            this.wait.selector,
            this.pause.selector,
            this.unpause.selector,
            this.set.selector,
            this.renew.selector,
            this.attack.selector,
            this.change.selector
        ];
        selectors = new bytes4[](all.length);
        for (uint256 i; i < all.length; ++i) {
            selectors[i] = all[i];
        }
    }
}
