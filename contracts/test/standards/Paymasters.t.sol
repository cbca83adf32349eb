// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {SimpleAccount} from "@account-abstraction/contracts/accounts/SimpleAccount.sol";
import {SimpleAccountFactory} from "@account-abstraction/contracts/accounts/SimpleAccountFactory.sol";
import {BaseAccount} from "@account-abstraction/contracts/core/BaseAccount.sol";
import {EntryPoint} from "@account-abstraction/contracts/core/EntryPoint.sol";
import {IEntryPoint as IEntryPoint08} from "@account-abstraction/contracts/interfaces/IEntryPoint.sol";
import {PackedUserOperation} from "@account-abstraction/contracts/interfaces/PackedUserOperation.sol";
import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Paymaster} from "@openzeppelin/contracts/account/paymaster/Paymaster.sol";
import {IEntryPoint, PackedUserOperation as Operation} from "@openzeppelin/contracts/interfaces/IERC4337.sol";
import {TransferPaymaster} from "../../src/TransferPaymaster.sol";
import {CallWorld} from "../support/CallWorld.sol";

/// @notice An account without coin sends a transfer that a paymaster pays for, through the EntryPoint as it is deployed everywhere (0.8).
contract PaymastersTest is CallWorld {
    bytes32 private constant REQUEST = keccak256(
        "UserOperationRequest(address sender,uint256 nonce,bytes initCode,bytes callData,bytes32 accountGasLimits,uint256 preVerificationGas,bytes32 gasFees,uint256 paymasterVerificationGasLimit,uint256 paymasterPostOpGasLimit,uint48 validAfter,uint48 validUntil)"
    );
    uint128 private constant VERIFICATION = 100_000;

    EntryPoint private entryPoint;
    TransferPaymaster private paymaster;
    SimpleAccount private account;
    SimpleAccountFactory private factory;
    address private owner;
    uint256 private ownerKey;
    uint256 private signerKey;
    address private treasurer = makeAddr("treasurer");
    uint48 private until;

    function setUp() public {
        _makeCallWorld();
        (owner, ownerKey) = makeAddrAndKey("owner");
        address signer;
        (signer, signerKey) = makeAddrAndKey("signer");
        entryPoint = new EntryPoint();
        factory = new SimpleAccountFactory(entryPoint);
        account = SimpleAccount(payable(factory.getAddress(owner, 0)));
        original.mint(address(account), 10 ether);
        paymaster = new TransferPaymaster(IEntryPoint(address(entryPoint)), signer, treasurer);
        vm.deal(address(this), 2 ether);
        paymaster.deposit{value: 1 ether}();
        until = uint48(block.timestamp + 600);
    }

    function _operation() private view returns (PackedUserOperation memory operation) {
        BaseAccount.Call[] memory calls = new BaseAccount.Call[](2);
        calls[0] = BaseAccount.Call(address(original), 0, abi.encodeCall(original.approve, (address(home), 4 ether)));
        calls[1] = BaseAccount.Call(address(home), 0, abi.encodeCall(home.send, (AWAY, ASSET, alice, 4 ether, MINIMUM)));
        operation.sender = address(account);
        operation.nonce = entryPoint.getNonce(address(account), 0);
        operation.initCode = address(account).code.length == 0
            ? abi.encodePacked(factory, abi.encodeCall(factory.createAccount, (owner, 0)))
            : bytes("");
        operation.callData = abi.encodeCall(BaseAccount.executeBatch, (calls));
        operation.accountGasLimits = bytes32(uint256(1_000_000) << 128 | 1_000_000);
        operation.preVerificationGas = 100_000;
        operation.gasFees = bytes32(uint256(1 gwei) << 128 | 1 gwei);
    }

    function _approval(PackedUserOperation memory operation, uint256 key, uint48 validUntil) private view returns (bytes memory) {
        bytes32 structHash = keccak256(
            abi.encode(
                REQUEST,
                operation.sender,
                operation.nonce,
                keccak256(operation.initCode),
                keccak256(operation.callData),
                operation.accountGasLimits,
                operation.preVerificationGas,
                operation.gasFees,
                uint256(VERIFICATION),
                uint256(0),
                uint48(0),
                validUntil
            )
        );
        (, string memory name, string memory version, uint256 chainId, address verifier,,) = paymaster.eip712Domain();
        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256(bytes(name)),
                keccak256(bytes(version)),
                chainId,
                verifier
            )
        );
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, structHash)));
        return abi.encodePacked(paymaster, VERIFICATION, uint128(0), uint48(0), validUntil, r, s, v);
    }

    function _submit(PackedUserOperation memory operation) private {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(ownerKey, entryPoint.getUserOpHash(operation));
        operation.signature = abi.encodePacked(r, s, v);
        PackedUserOperation[] memory operations = new PackedUserOperation[](1);
        operations[0] = operation;
        address bundler = makeAddr("bundler");
        vm.prank(bundler, bundler);
        entryPoint.handleOps(operations, payable(bundler));
    }

    function _refuses(PackedUserOperation memory operation, string memory reason) private {
        vm.expectRevert(abi.encodeWithSelector(IEntryPoint08.FailedOp.selector, 0, reason));
        this.submit(operation);
    }

    function submit(PackedUserOperation memory operation) external {
        _submit(operation);
    }

    function test_An_account_without_coin_sends_and_the_paymaster_pays() public {
        PackedUserOperation memory operation = _operation();
        operation.paymasterAndData = _approval(operation, signerKey, until);
        uint256 deposit = entryPoint.balanceOf(address(paymaster));

        _submit(operation);

        (uint64 sequence,) = home.outbound(AWAY);
        assertEq(sequence, 1);
        assertEq(original.balanceOf(address(account)), 6 ether);
        assertEq(address(account).balance, 0);
        assertLt(entryPoint.balanceOf(address(paymaster)), deposit);
    }

    function test_An_approval_is_of_one_operation() public {
        PackedUserOperation memory operation = _operation();
        bytes memory approval = _approval(operation, signerKey, until);

        operation.paymasterAndData = approval;
        operation.callData = bytes.concat(operation.callData, hex"00");
        _refuses(operation, "AA34 signature error");

        operation = _operation();
        operation.paymasterAndData = approval;
        operation.gasFees = bytes32(uint256(1 gwei) << 128 | 2 gwei);
        _refuses(operation, "AA34 signature error");

        operation = _operation();
        operation.paymasterAndData = approval;
        _submit(operation);
        operation = _operation(); // the account stands now, and its nonce is another
        operation.paymasterAndData = approval;
        _refuses(operation, "AA34 signature error");
    }

    function test_Only_the_signers_approval_counts_and_only_until_its_end() public {
        PackedUserOperation memory operation = _operation();
        operation.paymasterAndData = _approval(operation, ownerKey, until);
        _refuses(operation, "AA34 signature error");

        operation.paymasterAndData = _approval(operation, signerKey, until);
        vm.warp(until + 1);
        _refuses(operation, "AA32 paymaster expired or not due");
    }

    function test_A_signer_who_is_replaced_approves_nothing_more() public {
        PackedUserOperation memory operation = _operation();
        operation.paymasterAndData = _approval(operation, signerKey, until);
        vm.prank(treasurer);
        paymaster.setSigner(makeAddr("another signer"));
        _refuses(operation, "AA34 signature error");
    }

    function test_Only_the_owner_takes_anything_out_or_names_a_signer() public {
        bytes memory refusal = abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this));
        vm.expectRevert(refusal);
        paymaster.withdraw(payable(address(this)), 1);
        vm.expectRevert(refusal);
        paymaster.setSigner(address(this));
        vm.expectRevert(refusal);
        paymaster.addStake{value: 1}(1);
        vm.expectRevert(refusal);
        paymaster.unlockStake();
        vm.expectRevert(refusal);
        paymaster.withdrawStake(payable(address(this)));

        vm.deal(treasurer, 1 ether);
        vm.startPrank(treasurer);
        paymaster.withdraw(payable(alice), 1 ether);
        assertEq(alice.balance, 1 ether);
        paymaster.addStake{value: 1 ether}(60);
        paymaster.unlockStake();
        vm.warp(block.timestamp + 60);
        paymaster.withdrawStake(payable(alice));
        assertEq(alice.balance, 2 ether);
    }

    function test_Only_the_EntryPoint_has_operations_judged() public {
        Operation memory operation;
        vm.expectRevert(abi.encodeWithSelector(Paymaster.PaymasterUnauthorized.selector, address(this)));
        paymaster.validatePaymasterUserOp(operation, 0, 0);
    }
}
