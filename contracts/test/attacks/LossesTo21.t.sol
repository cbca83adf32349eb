// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Bridge} from "../../src/Bridge.sol";
import {Certificates} from "../../src/Certificates.sol";
import {Messages} from "../../src/Messages.sol";
import {Call, Certificate, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {AttackWorld} from "../support/AttackWorld.sol";

/// @notice Losses 15 to 21 of bridges before us, on ours. Alice has 50 locked at home.
contract LossesTo21Test is AttackWorld {
    function setUp() public override {
        super.setUp();
        _lock(alice, 50 ether, MINIMUM);
        vm.chainId(HOME);
    }

    function _refused(bytes memory error, Certificate memory certificate) private {
        vm.expectRevert(error);
        home.deliver(_awayToHome(), 1, _transfer(mallory, 50 ether, 0), certificate);
        assertEq(home.asset(ASSET).locked, 50 ether);
    }

    function _digestOfLoot() private view returns (bytes32) {
        return _digest(HOME, address(home), 1, _awayToHome(), 1, _fold(_awayToHome(), _transfer(mallory, 50 ether, 0)));
    }

    /// @dev There is no joint key to put together: a stolen key is one signature, however it is multiplied.
    function test_Loss_15_ThorChain2026() public {
        bytes memory one = _sign(keys[0], _digestOfLoot());
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 1, 3), Certificate(1, 1, one));
        bytes memory error = abi.encodeWithSelector(Certificates.SignerRepeated.selector, 1, members[0]);
        _refused(error, Certificate(1, 7, bytes.concat(one, one, one)));
    }

    /// @dev A transaction that failed was taken for a proof. One that fails leaves neither a sequence nor a hash to attest to.
    function test_Loss_16_AlexXLink() public {
        (uint64 sequence, bytes32 rollingHash) = home.outbound(AWAY);
        vm.prank(mallory);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        home.send(AWAY, ASSET, mallory, 50 ether, MINIMUM);
        (uint64 after_, bytes32 hash) = home.outbound(AWAY);
        assertEq(after_, sequence);
        assertEq(hash, rollingHash);
    }

    function test_Loss_17_XBridge() public {
        vm.prank(mallory);
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mallory));
        home.registerAsset(ASSET, address(original), Mode.Lock, PLENTY);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetAlreadyRegistered.selector, ASSET, address(original)));
        home.registerAsset(ASSET, address(wrapped), Mode.Lock, PLENTY); // not even by the admin
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.TokenAlreadyRegistered.selector, address(original), ASSET));
        home.registerAsset(OTHER, address(original), Mode.Lock, PLENTY);
    }

    function test_Loss_18_Chainswap() public {
        (address unknown, uint256 key) = makeAddrAndKey("unknown");
        bytes32 digest = _digestOfLoot();
        bytes memory signatures = bytes.concat(_sign(key, digest), _sign(keys[1], digest), _sign(keys[2], digest));
        _refused(abi.encodeWithSelector(Certificates.NotAMember.selector, 0, unknown), Certificate(1, 7, signatures));
    }

    /// @dev Who approved the Bridge loses nothing by it: it pulls from its caller only, and what users have called is called by the
    /// Gateway, which nobody approves, with one selector that no token knows.
    function test_Loss_19_SocketAndLiFi() public {
        original.mint(alice, 10 ether);
        vm.prank(alice);
        original.approve(address(home), type(uint256).max);
        vm.startPrank(mallory);
        vm.expectRevert(ERC20.InsufficientAllowance.selector);
        home.send(AWAY, ASSET, mallory, 1 ether, MINIMUM);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.SenderNotCaller.selector, alice, mallory));
        home.sendCall(Call(AWAY, ASSET, alice, mallory, 1 ether, MINIMUM, 0, ""));
        vm.expectRevert(abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mallory));
        home.sendFor(alice, AWAY, ASSET, mallory, 1 ether, MINIMUM);
        vm.stopPrank();

        bytes memory pulls = abi.encodeCall(original.transferFrom, (alice, mallory, 10 ether));
        bytes memory call = _call(ASSET, address(original), 0, 0, mallory, 300_000, pulls);
        _deliver(_home(), _away(), call);
        _assertDeferred(1, call);
        assertEq(original.balanceOf(alice), 10 ether);
    }

    /// @dev Operator keys: what they try reverts, one by one, with the name of who tried, which is what an alarm listens for.
    function test_Loss_20_ForceBridgeAndHeco() public {
        bytes memory error = abi.encodeWithSelector(IAccessManaged.AccessManagedUnauthorized.selector, mallory);
        vm.startPrank(mallory);
        vm.expectRevert(error);
        home.announceHandover(ASSET, mallory);
        vm.expectRevert(error);
        home.handover(ASSET);
        vm.expectRevert(error);
        home.unpause();
        vm.stopPrank();
        // And who may, must announce it for a week, and pause.
        home.announceHandover(ASSET, mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverTooEarly.selector, _now() + 7 days));
        home.handover(ASSET);
        _wait(7 days);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AssetNotPaused.selector, ASSET));
        home.handover(ASSET);
        home.announceHandover(ASSET, address(0));
        home.pauseAsset(ASSET);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.HandoverNotAnnounced.selector, ASSET));
        home.handover(ASSET);
    }

    /// @dev Every function from which anything is paid, called by somebody who has no certificate.
    function test_Loss_21_CrossCurve() public {
        bytes memory loot = _transfer(mallory, 50 ether, 0);
        bytes memory call = _call(ASSET, mallory, 50 ether, 0, mallory, 0, "");
        bytes32 lane = _awayToHome();
        IGateway gateway = IGateway(home.gateway());
        vm.deal(mallory, 1 ether);
        vm.startPrank(mallory);
        bytes memory onlySelf = abi.encodeWithSelector(IBridgeErrors.OnlySelf.selector, mallory);
        vm.expectRevert(onlySelf);
        Bridge(address(home)).release(ASSET, loot, mallory);
        vm.expectRevert(onlySelf);
        Bridge(address(home)).payAndCall(lane, 1, call, mallory, 0);
        bytes memory onlyBridge = abi.encodeWithSelector(IGateway.OnlyBridge.selector, mallory);
        vm.expectRevert(onlyBridge);
        gateway.execute(0, AWAY, mallory, address(original), 0, "");
        vm.expectRevert(onlyBridge);
        gateway.pay{value: 1}(mallory);
        bytes memory noBridge = abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory);
        vm.expectRevert(noBridge);
        wrapped.crosschainMint(alice, 1);
        vm.expectRevert(noBridge);
        wrapped.crosschainMintMany(_transfer(alice, 1, 0), alice);
        vm.expectRevert(noBridge);
        wrapped.crosschainBurn(alice, 1);
        vm.expectRevert(noBridge);
        wrapped.crosschainBurnSent(alice, 1);
        bytes memory notDeferred = abi.encodeWithSelector(IBridgeErrors.NotDeferred.selector, lane, 1);
        vm.expectRevert(notDeferred);
        home.retry(lane, 1, loot);
        vm.expectRevert(notDeferred);
        home.refund(lane, 1, loot);
        vm.stopPrank();
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 0, 3), Certificate(1, 0, ""));
    }
}
