// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IAccessManaged} from "@openzeppelin/contracts/access/manager/IAccessManaged.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Bridge} from "../../src/Bridge.sol";
import {Certificates} from "../../src/Certificates.sol";
import {Messages} from "../../src/Messages.sol";
import {Certificate, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgedToken} from "../../src/interfaces/IBridgedToken.sol";
import {IBridgeErrors} from "../../src/interfaces/IBridgeErrors.sol";
import {IGateway} from "../../src/interfaces/IGateway.sol";
import {AttackWorld} from "../support/AttackWorld.sol";
import {FeeToken} from "../tokens/StrangeTokens.sol";

/// @notice Losses 22 to 28 of bridges before us, on ours. Alice has 50 locked at home.
contract LossesTo28Test is AttackWorld {
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

    function test_Loss_22_IoTube() public {
        wrapped.announceBridge(mallory, PLENTY); // the admin's key alone
        uint64 readyAt = _now() + 7 days;
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.AnnouncedTooLate.selector, readyAt));
        wrapped.setBridge(mallory);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.NotAnnounced.selector, alice));
        wrapped.setBridge(alice);
        vm.expectRevert(abi.encodeWithSelector(IBridgedToken.BridgeRefused.selector, mallory));
        vm.prank(mallory);
        wrapped.crosschainMint(alice, 1);
    }

    function test_Loss_23_Hyperbridge() public {
        bytes memory message = _transfer(bob, 1 ether, 0);
        (, bytes memory wire, Certificate memory certificate) = _delivery(_home(), _away(), _list(message));
        vm.chainId(HOME);
        vm.expectRevert(abi.encodeWithSelector(Messages.UnknownKind.selector, 57, 0)); // left over
        home.deliver(_awayToHome(), 1, bytes.concat(wire, hex"00"), certificate);
        Certificate memory outside = Certificate(1, 1 << 200 | 3, certificate.signatures); // an index beyond the end
        vm.expectRevert(abi.encodeWithSelector(Certificates.SignerOutsideSet.selector, outside.signers, 4));
        home.deliver(_awayToHome(), 1, wire, outside);
        // Bound to what it was signed for: its lane, its place in it and its bytes.
        bytes memory other = _transfer(mallory, 1 ether, 0);
        _expectNobodySigned(certificate, _digest(HOME, address(home), 1, _awayToHome(), 1, _fold(_awayToHome(), other)));
        home.deliver(_awayToHome(), 1, other, certificate);
    }

    /// @dev One verifier was lied to. Here one is not enough; and if enough are, no more than is locked leaves, within the bucket.
    function test_Loss_24_KelpDao() public {
        bytes memory one = _sign(keys[0], _digestOfLoot());
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 1, 3), Certificate(1, 1, one));
        bytes memory lie = _transfer(mallory, 116_500 ether, 0);
        _deliverDeferred(lie, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, ASSET, 50 ether, 116_500 ether));
        assertEq(original.balanceOf(mallory), 0);
    }

    /// @dev What is said in a message is what was measured, at the unit: a token that keeps one of them back is not sent.
    function test_Loss_25_Verus() public {
        FeeToken token = new FeeToken();
        home.registerAsset(OTHER, address(token), Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        token.mint(mallory, 1 ether);
        vm.startPrank(mallory);
        token.approve(address(home), 1 ether);
        vm.expectRevert(abi.encodeWithSelector(IBridgeErrors.AmountNotReceived.selector, 1 ether - 1, 1 ether));
        home.send(AWAY, OTHER, mallory, 1 ether, 0);
        vm.stopPrank();
        bytes memory message = _message(OTHER, mallory, 1 ether, 0); // the other end's word for it, with nothing behind
        _deliverDeferred(message, abi.encodeWithSelector(IBridgeErrors.InsufficientLocked.selector, OTHER, 0, 1 ether));
    }

    /// @dev A retry is of the bytes that were certified, whichever others say the same or almost the same.
    function testFuzz_Loss_26_MapButter(uint256 index, bytes1 flip, bytes memory behind) public {
        bytes memory message = _call(OTHER, bob, 1 ether, 0, alice, 1000, "payload");
        _deliver(_home(), _away(), message);
        bytes memory other = bytes.concat(message);
        other[index % other.length] ^= flip;
        other = bytes.concat(other, behind);
        if (keccak256(other) == keccak256(message)) return;
        bytes memory error =
            abi.encodeWithSelector(IBridgeErrors.WrongMessage.selector, keccak256(other), keccak256(message));
        vm.expectRevert(error);
        home.retry(_awayToHome(), 1, other);
        vm.expectRevert(error);
        home.refund(_awayToHome(), 1, other);
    }

    /// @dev An id of a transaction that never was: without a hash that validators find in the source's storage there is no quorum,
    /// and two of four liars are none.
    function test_Loss_27_Adshares() public {
        bytes32 digest = _digestOfLoot();
        bytes memory two = bytes.concat(_sign(keys[0], digest), _sign(keys[1], digest));
        _refused(abi.encodeWithSelector(Certificates.TooFewSignatures.selector, 2, 3), Certificate(1, 3, two));
        bytes memory third = _sign(keys[2], keccak256("what is in the source's storage"));
        address signer = _recover(digest, third);
        _refused(
            abi.encodeWithSelector(Certificates.NotAMember.selector, 2, signer), Certificate(1, 7, bytes.concat(two, third))
        );
    }

    /// @dev "Attested" was taken for "moved". A message that is certified, and whose mint fails, credits nobody with anything.
    function test_Loss_28_Allbridge() public {
        vm.mockCallRevert(address(wrapped), abi.encodeWithSelector(wrapped.crosschainMintMany.selector), "refused");
        bytes memory message = _transfer(mallory, 900 ether, MINIMUM);
        _deliver(_away(), _home(), message);
        assertEq(away.deferred(_homeToAway(), 1), keccak256(message));
        assertEq(wrapped.balanceOf(mallory) + wrapped.balanceOf(deliverer) + wrapped.totalSupply(), 0);
        vm.prank(mallory);
        vm.expectRevert(ERC20.InsufficientBalance.selector);
        away.send(HOME, ASSET, mallory, 900 ether, MINIMUM);
    }
}

// What of these losses no chain can see, and is tested elsewhere or watched by people:
//  1, 4, 7, 10  that keys lie with people and machines independent of each other. Here: what stolen keys can take.
//  5, 16, 22    that a fix is not public before it is deployed, and whoever deploys no single key: the deployment's `delay`.
//  13, 14       that validators take events of this Bridge only. Here: the storage that they compare with.
//  11, 24, 27   that validators ask endpoints that do not lie together, and stop where too few agree. Here: what it can take.
//  20           that somebody looks at failed calls. Here: that they fail, and say who called.
