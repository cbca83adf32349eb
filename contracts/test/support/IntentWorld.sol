// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {DeployPermit2} from "@uniswap/v4-periphery/lib/permit2/test/utils/DeployPermit2.sol";
import {ERC20} from "solady/tokens/ERC20.sol";
import {Intents} from "../../src/Intents.sol";
import {IBridge, Mode} from "../../src/interfaces/IBridge.sol";
import {IBridgeEvents} from "../../src/interfaces/IBridgeEvents.sol";
import {IIntents, Intent} from "../../src/interfaces/IIntents.sol";
import {ITransfers} from "../../src/interfaces/ITransfers.sol";
import {NoReturnToken} from "../tokens/StrangeTokens.sol";
import {TestToken} from "../tokens/TestToken.sol";
import {World} from "./World.sol";

/// @notice An Intents contract on both chains, an owner with a key, and somebody else who submits what the owner signs.
abstract contract IntentWorld is World {
    uint32 internal constant OTHER = 9;
    uint64 internal constant FORWARDER = 3;
    string internal constant INTENT_TYPE =
        "Intent(address owner,uint256 destinationChainId,uint32 assetId,address recipient,uint128 amount,uint128 fee,uint128 relayerFee,uint256 deadline,uint256 nonce)";

    Intents internal intents; // at home
    Intents internal awayIntents;
    address internal permit2;
    address internal owner;
    uint256 internal ownerKey;
    address internal relayer = makeAddr("relayer");
    address internal recipient = makeAddr("recipient");
    address internal stranger = makeAddr("stranger");
    uint256 internal strangerKey = uint256(keccak256("stranger's key"));

    /// @dev At home afterwards, where the owner holds 100 of the asset.
    function _makeIntents() internal {
        _makeWorld(4);
        (owner, ownerKey) = makeAddrAndKey("owner");
        permit2 = new DeployPermit2().run();
        intents = _newIntents(home);
        awayIntents = _newIntents(away);
        vm.chainId(HOME);
        vm.warp(1_800_000_000);
        original.mint(owner, 100 ether);
    }

    function _newIntents(IBridge bridge) private returns (Intents created) {
        created = Intents(_create(abi.encodePacked(vm.getCode("Intents.sol:Intents"), abi.encode(bridge, permit2))));
        bytes4[] memory selectors = new bytes4[](1);
        selectors[0] = ITransfers.sendFor.selector;
        manager.setTargetFunctionRole(address(bridge), selectors, FORWARDER);
        manager.grantRole(FORWARDER, address(created), 0);
    }

    function _intent() internal view returns (Intent memory) {
        return Intent(owner, AWAY, ASSET, recipient, 10 ether, 1 ether, 0.5 ether, block.timestamp + 1 hours, 77);
    }

    /// @dev One more token at home, of which the owner holds 100.
    function _register(address token) internal returns (Intent memory intent) {
        vm.chainId(HOME);
        home.registerAsset(OTHER, token, Mode.Lock, PLENTY);
        _setFee(home, OTHER, AWAY, 0);
        TestToken(token).mint(owner, 100 ether);
        intent = _intent();
        intent.assetId = OTHER;
    }

    function _approve(address token, address spender, uint256 amount) internal {
        vm.prank(owner);
        NoReturnToken(token).approve(spender, amount); // whether or not it returns something
    }

    function _structHash(Intent memory intent) internal pure returns (bytes32) {
        return keccak256(abi.encode(keccak256(bytes(INTENT_TYPE)), intent));
    }

    /// @dev Worked out here and not asked of the contract, which could otherwise sign for itself.
    function _intentDigest(Intents at, Intent memory intent) internal view returns (bytes32) {
        bytes32 typehash = keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
        bytes32 domain = keccak256(abi.encode(typehash, keccak256("Intents"), keccak256("1"), block.chainid, at));
        return keccak256(abi.encodePacked(hex"1901", domain, _structHash(intent)));
    }

    function _signature(uint256 key, bytes32 digest) internal pure returns (bytes memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return abi.encodePacked(r, s, v);
    }

    function _signedIntent(Intent memory intent) internal view returns (bytes memory) {
        return _signature(ownerKey, _intentDigest(intents, intent));
    }

    function _permit(uint256 key, ERC20 token, address spender, uint256 amount, uint256 deadline)
        internal
        view
        returns (uint8 v, bytes32 r, bytes32 s)
    {
        address from = vm.addr(key);
        bytes32 typehash = keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 structHash = keccak256(abi.encode(typehash, from, spender, amount, token.nonces(from), deadline));
        return vm.sign(key, keccak256(abi.encodePacked(hex"1901", token.DOMAIN_SEPARATOR(), structHash)));
    }

    /// @dev The next call sends this through the lane, in the owner's name.
    function _expectSent(Intents at, Intent memory intent) internal {
        IBridge bridge = at.bridge();
        (uint64 sequence, bytes32 rollingHash) = bridge.outbound(intent.destinationChainId);
        bytes memory message = _message(intent);
        bytes32 id = _fold(rollingHash, message);
        vm.expectEmit(address(bridge));
        emit IBridgeEvents.MessageSent(intent.destinationChainId, sequence + 1, intent.owner, id, message);
        vm.expectEmit(address(at));
        emit IIntents.IntentSubmitted(_intentDigest(at, intent), intent.owner, _submitter(intent), id);
    }

    function _submitter(Intent memory intent) private view returns (address) {
        return intent.relayerFee == 0 ? intent.owner : relayer;
    }

    /// @dev Of kind 2: nobody here sends to themselves.
    function _message(Intent memory intent) internal pure returns (bytes memory) {
        return abi.encodePacked(
            uint8(2), intent.assetId, intent.recipient, intent.amount, intent.fee, intent.owner
        );
    }

    /// @dev 10 went to the Bridge, the relayer has its half, and nothing is left in between.
    function _assertTaken(address token, address from) internal view {
        assertEq(IERC20(token).balanceOf(from), 89.5 ether, "owner");
        assertEq(IERC20(token).balanceOf(relayer), 0.5 ether, "relayer");
        assertEq(IERC20(token).balanceOf(address(home)), 10 ether, "bridge");
        _assertNothingStays(intents, token);
    }

    function _assertUntouched(address token) internal view {
        assertEq(IERC20(token).balanceOf(owner), 100 ether, "owner");
        assertEq(IERC20(token).balanceOf(relayer), 0, "relayer");
        _assertNothingStays(intents, token);
    }

    function _assertNothingStays(Intents at, address token) internal view {
        assertEq(IERC20(token).balanceOf(address(at)), 0, "kept tokens");
        assertEq(IERC20(token).allowance(address(at), address(at.bridge())), 0, "kept an allowance");
    }
}
