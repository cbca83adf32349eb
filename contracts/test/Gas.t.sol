// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Limit} from "../src/Meters.sol";
import {IBridge, Mode} from "../src/interfaces/IBridge.sol";
import {GasWorld} from "./support/GasWorld.sol";
import {OpenZeppelinBridgedToken, OpenZeppelinToken} from "./tokens/OpenZeppelinTokens.sol";

/// @notice What whole transactions cost, three of five signatures, fee paid, held to the unit by snapshots/GasTest.json:
/// any drift is a change in code. `FORGE_SNAPSHOT_CHECK=false forge test --match-contract GasTest` writes it anew.
/// forge-config: default.isolate = true
contract GasTest is GasWorld {
    uint32 private constant OTHER = 9;
    address private alice = makeAddr("alice");

    function setUp() public {
        _makeThreeOfFive();
        vm.chainId(HOME);
        OpenZeppelinToken token = new OpenZeppelinToken();
        home.registerAsset(OTHER, address(token), Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, MINIMUM);
        original.mint(alice, 1_000_000 ether);
        token.mint(alice, 1_000_000 ether);
        vm.startPrank(alice);
        original.approve(address(home), type(uint256).max);
        token.approve(address(home), type(uint256).max);
        home.send(AWAY, ASSET, alice, 100_000 ether, MINIMUM);
        home.send(AWAY, OTHER, alice, 100_000 ether, MINIMUM);
        vm.stopPrank();

        vm.chainId(AWAY);
        away.registerAsset(OTHER, address(new OpenZeppelinBridgedToken(address(away))), Mode.Mint, Limit(0, 0));
        _deliver(_away(), _home(), _list(_transfer(alice, 100 ether, MINIMUM), _message(OTHER, alice)));
        _deliver(_home(), _away(), _list(_transfer(alice, 100 ether, MINIMUM), _message(OTHER, alice)));
    }

    function test_Gas_of_delivering_1_message() public {
        (uint256 fresh, uint256 warm) = _measure("deliver", _away(), _home(), ASSET, 1);
        assertLe(warm, 78_000);
        assertLe(fresh, 95_000);
    }

    function test_Gas_of_delivering_10_messages() public {
        (uint256 fresh, uint256 warm) = _measure("deliver", _away(), _home(), ASSET, 10);
        assertLe(warm, 10 * 15_200);
        assertLe(fresh, 10 * 32_400);
    }

    function test_Gas_of_delivering_100_messages() public {
        (uint256 fresh, uint256 warm) = _measure("deliver", _away(), _home(), ASSET, 100);
        assertLe(warm, 100 * 8_900);
        assertLe(fresh, 100 * 26_000);
    }

    /// @dev Why BridgedToken is built on Solady's ERC-20.
    function test_Gas_of_delivering_a_token_by_OpenZeppelin() public {
        _measure("deliver OpenZeppelin", _away(), _home(), OTHER, 1);
        _measure("deliver OpenZeppelin", _away(), _home(), OTHER, 10);
        _measure("deliver OpenZeppelin", _away(), _home(), OTHER, 100);
    }

    function test_Gas_of_releasing_at_home() public {
        _measure("release", _home(), _away(), ASSET, 1);
        _measure("release", _home(), _away(), ASSET, 10);
        _measure("release", _home(), _away(), ASSET, 100);
    }

    function test_Gas_of_sending() public {
        vm.chainId(HOME);
        _measureSend("send, lock", home, ASSET, alice);
        _measureSend("send, lock, to someone else", home, ASSET, deliverer);
        _measureSend("send, lock OpenZeppelin", home, OTHER, alice);
        vm.chainId(AWAY);
        assertLe(_measureSend("send, burn", away, ASSET, alice), 62_000);
    }

    /// @dev First to accounts without a balance, then to the same accounts again.
    function _measure(string memory what, Side memory to, Side memory from, uint32 assetId, uint256 n)
        private
        returns (uint256 fresh, uint256 warm)
    {
        bytes[] memory messages = _transfers(n, assetId);
        string memory name = string.concat(what, ", ", vm.toString(n));
        uint256 size;
        (fresh, size) = _gasOfDelivery(to, from, messages);
        (warm,) = _gasOfDelivery(to, from, messages);
        vm.snapshotValue(string.concat(name, ", fresh"), fresh);
        vm.snapshotValue(string.concat(name, ", warm"), warm);
        vm.snapshotValue(string.concat(name, ", calldata bytes"), size);
    }

    function _measureSend(string memory name, IBridge bridge, uint32 assetId, address to) private returns (uint256 gas) {
        uint256 chainId = block.chainid == HOME ? AWAY : HOME;
        vm.prank(alice, alice);
        bridge.send(chainId, assetId, to, 25.123456789 ether, 0.0031 ether);
        gas = vm.lastCallGas().gasTotalUsed;
        vm.snapshotValue(name, gas);
    }

    function _message(uint32 assetId, address to) private pure returns (bytes memory) {
        return abi.encodePacked(uint8(1), assetId, to, uint128(100 ether), MINIMUM);
    }
}
