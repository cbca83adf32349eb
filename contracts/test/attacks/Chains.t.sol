// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../../src/Meters.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {Opcodes} from "../support/Opcodes.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {Vm} from "forge-std/Vm.sol";

/// @notice Attacks 59 to 62: chains that count blocks and time in their own way, and have less room than ours.
contract ChainsTest is AttackWorld {
    /// @dev EIP-7825: no transaction has more gas than this.
    uint256 private constant MOST_GAS = 1 << 24;

    function test_Attack_59_BlockNumbersAndTime() public {
        vm.roll(0);
        _bring(alice, 5 ether, MINIMUM);
        vm.roll(type(uint64).max); // as of another chain
        vm.prevrandao(bytes32(0));
        _bring(alice, 5 ether, MINIMUM);
        vm.warp(_now() - 15); // nor does a clock that is set back disturb a delivery; to a bucket it is time that did not pass
        _bring(alice, 5 ether, MINIMUM);
        assertEq(wrapped.balanceOf(alice), 15 ether - 3 * MINIMUM);

        address[4] memory all = [address(home), home.settings(), home.gateway(), address(wrapped)];
        for (uint256 i; i < all.length; ++i) {
            assertEq(Opcodes.count(all[i].code, 0x43), 0); // NUMBER
            assertEq(Opcodes.count(all[i].code, 0x40), 0); // BLOCKHASH
            assertEq(Opcodes.count(all[i].code, 0x44), 0); // PREVRANDAO
            assertEq(Opcodes.count(all[i].code, 0x32), 0); // ORIGIN
        }
        // All need PUSH0, and the Bridge transient storage: where either is missing, nothing can be deployed or sent.
        assertGt(Opcodes.count(address(home).code, 0x5c), 0); // TLOAD
    }

    function test_Attack_60_SequencerThatStandsStill() public {
        _lock(alice, 50 ether, MINIMUM);
        bytes memory message = _transfer(bob, 5 ether, MINIMUM);
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        _wait(365 days); // no message and no certificate runs out
        vm.chainId(HOME);
        home.deliver(_awayToHome(), first, wire, certificate);
        assertEq(original.balanceOf(bob), 5 ether - MINIMUM);

        // What waits, waits as long as it must; and no time alone gives anything back.
        bytes memory stuck = _message(OTHER, bob, 1 ether, 0);
        _deliver(_home(), _away(), stuck);
        _wait(3650 days);
        _assertDeferred(2, stuck);
        _stock(address(new NoReturnToken()));
        home.retry(_awayToHome(), 2, stuck);
    }

    function test_Attack_61_GreatestSetFitsIntoATransaction() public {
        delete keys;
        delete members;
        _makeValidators(255);
        threshold = 171;
        home = _newBridge(address(manager), members, threshold);
        vm.chainId(HOME);
        home.openLane(AWAY, address(away));
        (uint64 first, bytes memory wire, Certificate memory certificate) =
            _delivery(_home(), _away(), _list(_message(OTHER, bob, 0, 0)));
        uint256 before = gasleft();
        home.deliver(_awayToHome(), first, wire, certificate);
        assertLt(before - gasleft() + 171 * 64 * 40, MOST_GAS / 4); // with its calldata, at EIP-7623's price
    }

    function test_Attack_61_GreatestBatchFitsIntoATransaction() public {
        bytes[] memory messages = new bytes[](128);
        for (uint256 i; i < 128; ++i) {
            messages[i] = _transferTo(address(uint160(uint256(keccak256(abi.encode(i))))), 1 ether, MINIMUM, alice);
        }
        assertLt(_gasOf(messages), MOST_GAS / 2); // all of them first writes

        wrapped.lowerBridge(address(away), Limit(0, 1 hours));
        assertLt(_gasOf(messages), MOST_GAS); // and all of them deferred
        assertNotEq(away.deferred(_homeToAway(), 256), 0);
    }

    function _gasOf(bytes[] memory messages) private returns (uint256 gas) {
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_away(), _home(), messages);
        vm.chainId(AWAY);
        gas = gasleft();
        away.deliver(_homeToAway(), first, wire, certificate);
        gas = gas - gasleft() + wire.length * 40;
    }

    /// @dev Whoever is blacklisted: a message was deferred if and only if a log says so, and it paid if and only if none does.
    function testFuzz_Attack_62_EventsAreEffects(uint8 listed, uint8[8] memory amounts) public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        bytes[] memory messages = new bytes[](8);
        for (uint256 i; i < 8; ++i) {
            token.setBlacklisted(_recipient(i), listed >> i & 1 == 1);
            messages[i] = _message(OTHER, _recipient(i), amounts[i], 0);
        }
        (uint64 first, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), messages);
        vm.chainId(HOME);
        vm.recordLogs();
        home.deliver(_awayToHome(), first, wire, certificate);
        bool[8] memory logged = _loggedDeferrals(vm.getRecordedLogs());
        uint256 paid;
        for (uint256 i; i < 8; ++i) {
            assertEq(home.deferred(_awayToHome(), uint64(i + 1)) != 0, logged[i]);
            assertEq(logged[i], amounts[i] != 0 && listed >> i & 1 == 1);
            assertEq(token.balanceOf(_recipient(i)), logged[i] ? 0 : amounts[i]);
            paid += token.balanceOf(_recipient(i));
        }
        assertEq(home.asset(OTHER).locked, 100 ether - paid);
    }

    function _loggedDeferrals(Vm.Log[] memory logs) private view returns (bool[8] memory logged) {
        assertEq(logs[0].topics[0], IBridgeEvents.MessagesDelivered.selector);
        (uint64 from, uint64 to, bytes32 rollingHash,) = abi.decode(logs[0].data, (uint64, uint64, bytes32, address));
        assertEq(from, 1);
        assertEq(to, 8);
        assertEq(rollingHash, home.inbound(AWAY));
        for (uint256 i = 1; i < logs.length; ++i) {
            assertEq(logs[i].topics[0], IBridgeEvents.MessageDeferred.selector);
            uint64 sequence = uint64(uint256(logs[i].topics[2]));
            assertFalse(logged[sequence - 1]);
            logged[sequence - 1] = true;
            assertEq(home.deferred(_awayToHome(), sequence), bytes32(logs[i].data));
        }
    }

    function _recipient(uint256 i) private pure returns (address) {
        return address(uint160(0xabc000 + i));
    }
}
