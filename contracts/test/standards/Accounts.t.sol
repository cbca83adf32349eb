// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {SimpleAccount} from "@account-abstraction/contracts/accounts/SimpleAccount.sol";
import {SimpleAccountFactory} from "@account-abstraction/contracts/accounts/SimpleAccountFactory.sol";
import {BaseAccount} from "@account-abstraction/contracts/core/BaseAccount.sol";
import {EntryPoint} from "@account-abstraction/contracts/core/EntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {Call} from "../../src/interfaces/IBridge.sol";
import {CallWorld} from "../support/CallWorld.sol";

/// @notice ERC-4337 accounts, through the EntryPoint as it is deployed everywhere (version 0.8).
contract AccountsTest is CallWorld {
    EntryPoint private entryPoint;
    SimpleAccount private account;
    SimpleAccountFactory private factory;
    uint256 private ownerKey;
    address private owner;

    function setUp() public {
        _makeCallWorld();
        (owner, ownerKey) = makeAddrAndKey("owner");
        entryPoint = new EntryPoint();
        factory = new SimpleAccountFactory(entryPoint);
        account = SimpleAccount(payable(factory.getAddress(owner, 0)));
        vm.deal(address(account), 10 ether);
        original.mint(address(account), 10 ether);
    }

    /// @dev One operation of the account that makes several calls, deploying it if needed, bundled by somebody else.
    function _operate(uint256 chainId, BaseAccount.Call[] memory calls) private {
        vm.chainId(chainId);
        PackedUserOperation[] memory operations = new PackedUserOperation[](1);
        operations[0] = PackedUserOperation({
            sender: address(account),
            nonce: entryPoint.getNonce(address(account), 0),
            initCode: address(account).code.length == 0
                ? abi.encodePacked(factory, abi.encodeCall(factory.createAccount, (owner, 0)))
                : bytes(""),
            callData: abi.encodeCall(BaseAccount.executeBatch, (calls)),
            accountGasLimits: bytes32(uint256(1_000_000) << 128 | 1_000_000),
            preVerificationGas: 100_000,
            gasFees: bytes32(uint256(1 gwei) << 128 | 1 gwei),
            paymasterAndData: "",
            signature: ""
        });
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ownerKey, entryPoint.getUserOpHash(operations[0]));
        operations[0].signature = abi.encodePacked(r, s, v);
        address bundler = makeAddr("bundler");
        vm.prank(bundler, bundler);
        entryPoint.handleOps(operations, payable(bundler));
    }

    function _calls(bytes memory second, address target) private view returns (BaseAccount.Call[] memory calls) {
        calls = new BaseAccount.Call[](2);
        calls[0] = BaseAccount.Call(address(original), 0, abi.encodeCall(original.approve, (address(home), type(uint256).max)));
        calls[1] = BaseAccount.Call(target, 0, second);
    }

    function test_An_account_that_is_deployed_by_its_first_operation_sends_and_receives() public {
        _operate(HOME, _calls(abi.encodeCall(home.send, (AWAY, ASSET, address(account), 4 ether, MINIMUM)), address(home)));
        (uint64 sequence, bytes32 hash) = home.outbound(AWAY);
        assertEq(sequence, 1);
        assertEq(hash, _fold(_homeToAway(), _transfer(address(account), 4 ether, MINIMUM)));

        _deliver(_away(), _home(), _transfer(address(account), 4 ether, MINIMUM));
        assertEq(wrapped.balanceOf(address(account)), 4 ether - MINIMUM);

        BaseAccount.Call[] memory calls = new BaseAccount.Call[](1);
        calls[0] = BaseAccount.Call(address(away), 0, abi.encodeCall(away.send, (HOME, ASSET, alice, 2 ether, MINIMUM)));
        _operate(AWAY, calls);
        _deliver(_home(), _away(), _transferTo(alice, 2 ether, MINIMUM, address(account)));
        assertEq(original.balanceOf(alice), 1002 ether - MINIMUM);
    }

    function test_An_account_sends_calls() public {
        Call memory call = Call(AWAY, ASSET, address(account), alice, 1 ether, MINIMUM, 100_000, "x");
        _operate(HOME, _calls(abi.encodeCall(home.sendCall, (call)), address(home)));
        (, bytes32 hash) = home.outbound(AWAY);
        assertEq(hash, _fold(_homeToAway(), _call(ASSET, alice, 1 ether, MINIMUM, address(account), 100_000, "x")));
    }

    function test_An_account_receives_before_it_is_deployed() public {
        assertEq(address(account).code.length, 0);
        _deliver(_away(), _home(), _transfer(address(account), 4 ether, MINIMUM));
        assertEq(wrapped.balanceOf(address(account)), 4 ether - MINIMUM);
        BaseAccount.Call[] memory calls = new BaseAccount.Call[](1);
        calls[0] = BaseAccount.Call(address(wrapped), 0, abi.encodeCall(wrapped.transfer, (alice, 1 ether)));
        _operate(AWAY, calls);
        assertEq(wrapped.balanceOf(alice), 1 ether);
    }
}
