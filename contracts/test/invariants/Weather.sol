// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {Receiver} from "./Receiver.sol";
import {Trespassing} from "./Trespassing.sol";

/// @notice What happens by itself: time, gifts, blacklists, and contracts that change their minds.
abstract contract Weather is Trespassing {
    /// @dev Hours mostly, days now and then.
    function wait(bool long, uint256 seconds_, uint256 kind) external {
        time += _bound(seconds_, 1, long && kind % 2 == 0 ? 8 days : 6 hours);
        _reach("waited");
    }

    /// @dev To a Bridge or a Gateway. Coin is forced upon it. Away, the giver has to have what is given.
    function donate(bool atHome, uint256 asset, uint256 from, uint256 amount, bool toGateway) public on(atHome) {
        uint32 id = _id(asset);
        address to = toGateway ? _bridge(atHome).gateway() : address(_bridge(atHome));
        amount = _bound(amount, 0, 50 * UNIT);
        NoReturnToken token = NoReturnToken(_tokens[atHome][id]);
        if (!atHome) {
            uint256 most = _holds[false][id][_user(from)];
            if (amount > most) amount = most;
            _holds[false][id][_user(from)] -= amount;
            vm.prank(_user(from));
            token.transfer(to, amount);
        } else if (id == COIN) {
            vm.deal(to, to.balance + amount);
        } else {
            token.mint(to, amount);
        }
        _holds[atHome][id][to] += amount;
        _reach("donated");
    }

    function setBlacklisted(uint256 who, bool value) public {
        _listed.setBlacklisted(_user(who), value);
    }

    /// @dev As often well as badly.
    function setWay(uint256 which, uint256 way) public {
        way = way % 8;
        _receivers[which % _receivers.length].setWay(way < 5 ? Receiver.Way(way) : Receiver.Way.Accept);
    }
}
