// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {Messages} from "../../src/Messages.sol";
import {Certificate} from "../../src/interfaces/IBridge.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {BridgeHarness} from "../support/BridgeHarness.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";

/// @notice Attacks 20 to 24: bytes that mean something else than what was signed, and batches of them.
/// There are no Merkle proofs: what is delivered is hashed, byte by byte, into the lane's rolling hash.
contract EncodingTest is AttackWorld {
    struct Fields {
        uint32 assetId;
        address recipient;
        uint128 amount;
        uint128 fee;
        address sender;
        uint32 gasLimit;
        bytes payload;
    }

    BridgeHarness private harness;

    function setUp() public override {
        super.setUp();
        harness = _newHarness(address(manager), members, threshold);
        vm.chainId(AWAY);
    }

    function _encoded(Fields memory f) private view returns (bytes memory) {
        return harness.encodeCall(f.assetId, f.recipient, f.amount, f.fee, f.sender, f.gasLimit, f.payload);
    }

    /// @dev All fields but the last have one width, and the last says its own.
    function testFuzz_Attack_20_PackedCollision(Fields memory a, Fields memory b) public view {
        if (keccak256(abi.encode(a)) == keccak256(abi.encode(b))) return;
        assertNotEq(keccak256(_encoded(a)), keccak256(_encoded(b)));
    }

    function testFuzz_Attack_20_ByteShiftedBetweenNeighbours(Fields memory f, bytes memory head, bytes1 moved) public view {
        // The same bytes, cut one later: from one message's payload into what follows it.
        f.payload = bytes.concat(head, moved);
        bytes memory longer = _encoded(f);
        f.payload = head;
        assertNotEq(keccak256(longer), keccak256(bytes.concat(_encoded(f), moved)));
        // A payload that is a message is none: it has no leaf of its own.
        f.fee = f.amount;
        bytes memory inner = _transfer(mallory, 1 ether, 0);
        f.payload = inner;
        (bytes32 one, uint256 count) = harness.fold(_encoded(f), 0);
        assertEq(count, 1);
        f.payload = "";
        (bytes32 two, uint256 counted) = harness.fold(bytes.concat(_encoded(f), inner), 0);
        assertEq(counted, 2);
        assertNotEq(one, two);
    }

    function test_Attack_21_DirtyUpperBits() public {
        _lock(alice, 5 ether, MINIMUM);
        vm.chainId(HOME);
        bytes memory good = abi.encodeCall(home.send, (AWAY, ASSET, alice, 1 ether, MINIMUM));
        for (uint256 word = 1; word <= 4; ++word) {
            _refusedByTheDecoder(address(home), good, word);
        }
        bytes memory message = _transfer(alice, 5 ether, MINIMUM);
        Certificate memory certificate = _quorum(AWAY, away, _homeToAway(), 1, _fold(_homeToAway(), message));
        vm.chainId(AWAY);
        good = abi.encodeCall(away.deliver, (_homeToAway(), 1, message, certificate));
        _refusedByTheDecoder(address(away), good, 1); // the sequence
        _refusedByTheDecoder(address(away), good, 4 + 3); // the epoch, behind the length and two words of messages
        assertEq(wrapped.totalSupply(), 0);
        // On the wire there are no upper bits: fields stand side by side and fill all of their bytes.
        assertEq(message.length, 1 + 4 + 20 + 16 + 16);
    }

    /// @dev Sets the highest bit of a word of the arguments.
    function _refusedByTheDecoder(address target, bytes memory input, uint256 word) private {
        input = bytes.concat(input);
        input[4 + 32 * word] |= 0x80;
        vm.prank(alice);
        (bool success, bytes memory reason) = target.call(input);
        assertFalse(success);
        assertEq(reason.length, 0);
    }

    function test_Attack_22_InnerNodeAsMessage() public {
        bytes memory message = _transfer(alice, 5 ether, MINIMUM);
        bytes32 before = _homeToAway();
        bytes memory node = bytes.concat(before, keccak256(message)); // 64 bytes, which hash to the id of the message
        Certificate memory certificate = _quorum(AWAY, away, before, 1, keccak256(node));
        assertGt(uint8(node[0]), 3);
        vm.expectRevert(abi.encodeWithSelector(Messages.UnknownKind.selector, 0, uint8(node[0])));
        away.deliver(before, 1, node, certificate);

        // Even with a first byte that is a kind, nothing of 64 bytes is a message, or several.
        for (uint8 kind = 1; kind <= 3; ++kind) {
            node[0] = bytes1(kind);
            for (uint256 i = 1; i < 64; ++i) {
                node[i] = 0;
            }
            vm.expectRevert(
                kind == 1
                    ? abi.encodeWithSelector(Messages.UnknownKind.selector, 57, 0)
                    : abi.encodeWithSelector(Messages.MessageTruncated.selector, 0, 64, kind == 2 ? 77 : 84)
            );
            away.deliver(before, 1, node, certificate);
        }
        // And a message is hashed once by itself and once with its lane: never only as 64 bytes.
        (bytes32 folded,) = harness.fold(message, before);
        assertEq(folded, keccak256(bytes.concat(before, keccak256(message))));
    }

    function test_Attack_23_ProofsThatDoNotFit() public {
        (bytes memory a, bytes memory b) = (_transfer(alice, 5 ether, MINIMUM), _transfer(bob, 7 ether, MINIMUM));
        bytes32 lane = _homeToAway();
        (bytes32 first, bytes32 second) = (_fold(lane, a), _fold(_fold(lane, a), b));
        Certificate memory both = _quorum(AWAY, away, lane, 2, second);

        vm.expectRevert(Messages.NoMessages.selector);
        away.deliver(lane, 1, "", both);
        _refused(1, a, both, first, 1); // too short
        _refused(2, a, both, first, 2); // too short, with the right end
        _refused(2, b, both, _fold(lane, b), 2); // the last alone
        _refused(1, bytes.concat(a, b, b), both, _fold(second, b), 3); // left over
        _refused(3, bytes.concat(a, b), both, second, 4); // beyond the end
        _refused(type(uint64).max, bytes.concat(a, b), both, second, 0); // around the end
        vm.expectRevert(abi.encodeWithSelector(Messages.MessageTruncated.selector, 57, 56, 57));
        away.deliver(lane, 1, _cut(bytes.concat(a, b), 113), both);
        vm.expectRevert(abi.encodeWithSelector(Messages.UnknownKind.selector, 114, 0));
        away.deliver(lane, 1, bytes.concat(a, b, hex"00"), both);

        assertEq(wrapped.totalSupply(), 0);
        away.deliver(lane, 1, bytes.concat(a, b), both);
        assertEq(wrapped.totalSupply(), 12 ether);
    }

    function _refused(uint64 first, bytes memory wire, Certificate memory certificate, bytes32 folded, uint64 last) private {
        _expectNobodySigned(certificate, _digest(AWAY, address(away), 1, _homeToAway(), last, folded));
        away.deliver(_homeToAway(), first, wire, certificate);
    }

    function _cut(bytes memory data, uint256 length) private pure returns (bytes memory) {
        assembly ("memory-safe") {
            mstore(data, length)
        }
        return data;
    }

    function test_Attack_24_SameMessageTwiceInABatch() public {
        bytes memory message = _transfer(alice, 5 ether, MINIMUM);
        bytes32 once = _fold(_homeToAway(), message);
        Certificate memory certificate = _quorum(AWAY, away, _homeToAway(), 1, once);
        _refused(1, bytes.concat(message, message), certificate, _fold(once, message), 2);
        assertEq(wrapped.totalSupply(), 0);

        // Sent twice, they are two messages with two ids, and both are paid.
        _deliver(_away(), _home(), _list(message, message));
        assertEq(wrapped.totalSupply(), 10 ether);
    }

    function test_Attack_24_OneBadAmongGood() public {
        NoReturnToken token = new NoReturnToken();
        _stock(address(token));
        token.setBlacklisted(bob, true);
        bytes memory bad = _message(OTHER, bob, 5 ether, 0);
        _deliver(_home(), _away(), _list(_message(OTHER, alice, 5 ether, 0), bad, _message(OTHER, carol, 5 ether, 0)));
        assertEq(token.balanceOf(alice), 5 ether);
        assertEq(token.balanceOf(carol), 5 ether);
        _assertDeferred(2, bad);
        assertEq(home.asset(OTHER).locked, 90 ether);
    }
}
