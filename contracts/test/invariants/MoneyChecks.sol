// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {Weather} from "./Weather.sol";

/// @notice I-01 to I-06 and I-08: what the tokens say, against the books.
abstract contract MoneyChecks is Weather {
    function checkMoney() external view {
        for (uint32 id = 1; id <= LAST; ++id) {
            _conservation(id);
            _custody(id);
            _balances(id);
            _feesAreEarned(id, true);
            _feesAreEarned(id, false);
            _neverMoreOutThanIn(id);
        }
        _gatewayOwnsNothing(true);
        _gatewayOwnsNothing(false);
    }

    function _conservation(uint32 id) private view {
        uint256 elsewhere = IERC20(_tokens[false][id]).totalSupply() + _open(true, id) + _open(false, id);
        _same(home.asset(id).locked + _handedOver[id], elsewhere, "I-01 locked = minted + in flight + deferred + returning");
    }

    function _custody(uint32 id) private view {
        uint256 expected = home.asset(id).locked + _holds[true][id][address(home)];
        _same(_balance(true, id, address(home)), expected, "I-02 the vault holds what is locked and what was donated");
        _same(_balance(false, id, address(away)), _holds[false][id][address(away)], "I-02 away, a Bridge holds gifts only");
        _same(away.asset(id).locked, 0, "I-02 nothing is locked away from home");
        if (id == COIN) _same(address(home).balance, expected, "I-02 all the coin there is");
        if (id == COIN) _same(address(away).balance, 0, "I-02 no coin away");
    }

    function _balances(uint32 id) private view {
        uint256 sum = _balance(false, id, address(away)) + _balance(false, id, address(home));
        for (uint256 i; i < _accounts.length; ++i) {
            address account = _accounts[i];
            uint256 has = _balance(false, id, account);
            _same(has, _holds[false][id][account], "I-03 everybody holds what messages paid, once");
            _same(_balance(true, id, account), _holds[true][id][account], "I-03 everybody holds what messages paid, once");
            sum += has;
        }
        uint256 supply = IERC20(_tokens[false][id]).totalSupply();
        _same(supply, sum, "I-04 the supply is the sum of the balances");
        _same(supply, IBridgedToken(_tokens[false][id]).meter(address(away)).count(), "I-04 the supply is the meter's count");
    }

    function _gatewayOwnsNothing(bool atHome) private view {
        address gateway = _bridge(atHome).gateway();
        _same(gateway.balance, atHome ? _holds[true][COIN][gateway] : 0, "I-05 a Gateway has no coin but gifts");
        for (uint32 id = 1; id <= LAST; ++id) {
            uint256 gifts = _holds[atHome][id][gateway];
            _same(_balance(atHome, id, gateway), gifts, "I-05 a Gateway has no tokens but gifts");
            _same(IERC20(_tokens[atHome][id]).allowance(address(_bridge(atHome)), gateway), 0, "I-05 a Gateway may take nothing");
        }
    }

    /// @dev They get nothing else.
    function _feesAreEarned(uint32 id, bool atHome) private view {
        for (uint256 i; i < _executors.length; ++i) {
            uint256 earned = _feesTo[atHome][id][_executors[i]];
            _same(_balance(atHome, id, _executors[i]), earned, "I-06 who delivers gets the fees, exactly");
        }
    }

    function _neverMoreOutThanIn(uint32 id) private view {
        _check(_lockedEver[id] >= _releasedEver[id] + _handedOver[id], "I-08 no more goes out than came in");
        _same(home.asset(id).locked, _vaultOf(id), "I-08 locked is what came in less what went out");
    }

    /// @dev Coin counts in both of its forms: who cannot take it is paid wrapped.
    function _balance(bool atHome, uint32 id, address account) private view returns (uint256 amount) {
        amount = IERC20(_tokens[atHome][id]).balanceOf(account);
        if (atHome && id == COIN && account != _tokens[true][COIN]) amount += account.balance;
    }

    /// @dev Under way to a chain or deferred there.
    function _open(bool toHome, uint32 id) private view returns (uint256 amount) {
        for (uint256 i; i < _lanes[toHome].length; ++i) {
            Sent storage sent = _lanes[toHome][i];
            if (sent.id == id && (sent.state == State.Flying || sent.state == State.Waiting)) amount += sent.amount;
        }
    }
}
