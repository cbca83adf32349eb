// SPDX-License-Identifier: UNLICENSED
pragma solidity 0.8.37;

import {AccessManaged} from "@openzeppelin/contracts/access/manager/AccessManaged.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {AssetWord} from "./AssetWords.sol";
import {Effects} from "./Effects.sol";
import {Gateway} from "./Gateway.sol";
import {Inbound, Lanes, LaneWord, Outbound} from "./Lanes.sol";
import {Messages} from "./Messages.sol";
import {Route} from "./Routes.sol";
import {ValidatorBook} from "./ValidatorBook.sol";
import {Vault} from "./Vault.sol";
import {Call, Certificate} from "./interfaces/IBridge.sol";
import {IHandoverReceiver} from "./interfaces/IHandoverReceiver.sol";
import {ITransfers} from "./interfaces/ITransfers.sol";

/// @notice Holds the vault and the mint right. Immutable, and calls registered tokens only, never an address that a user chose.
contract Bridge is Effects, ValidatorBook, ReentrancyGuardTransient, IHandoverReceiver {
    using Address for address;
    using Messages for bytes;

    address private immutable _settings;

    /// @param settings_ a Settings contract: it keeps nothing, so one serves every Bridge of a chain
    constructor(address accessManager, address settings_, address[] memory members, uint8 threshold)
        AccessManaged(accessManager)
        Vault(new Gateway())
        ValidatorBook(members, threshold)
    {
        if (accessManager.code.length == 0) revert AccessManagedInvalidAuthority(accessManager);
        if (settings_.code.length == 0) revert SettingsWithoutCode(settings_);
        _settings = settings_;
    }

    /// @notice Everything else that a Bridge does is the code of its settings, run here.
    fallback(bytes calldata input) external returns (bytes memory) {
        return _settings.functionDelegateCall(input);
    }

    /// @inheritdoc ITransfers
    function settings() external view returns (address) {
        return _settings;
    }

    /// @inheritdoc ITransfers
    function gateway() external view returns (address) {
        return address(_gateway);
    }

    /// @inheritdoc ITransfers
    function send(uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        payable
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        return _send(msg.sender, destinationChainId, assetId, recipient, amount, fee);
    }

    /// @inheritdoc ITransfers
    function sendFor(address sender, uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        external
        payable
        restricted
        nonReentrant
        returns (uint64 sequence, bytes32 messageId)
    {
        return _send(sender, destinationChainId, assetId, recipient, amount, fee);
    }

    /// @inheritdoc ITransfers
    function sendCall(Call calldata call) external payable nonReentrant returns (uint64 sequence, bytes32 messageId) {
        // The Gateway names its own caller, whose tokens these are then.
        if (call.sender != msg.sender && msg.sender != address(_gateway)) revert SenderNotCaller(call.sender, msg.sender);
        if (call.payload.length > Messages.MAX_PAYLOAD) revert PayloadTooLong(call.payload.length, Messages.MAX_PAYLOAD);
        if (call.gasLimit > Messages.MAX_GAS) revert GasLimitTooHigh(call.gasLimit, Messages.MAX_GAS);
        LaneWord word = _sendingWord(call.destinationChainId, call.assetId);
        uint256 minimum = _minimumCallFee(call.assetId, call.destinationChainId, call.gasLimit, call.payload.length);
        _checkFee(call.amount, call.fee, minimum);
        Route route = call.amount == 0 ? Route.wrap(0) : _route(call.assetId, call.destinationChainId);
        _checkRecipient(call.recipient, word, route);

        bytes memory message = Messages.encodeCall(
            call.assetId, call.recipient, call.amount, call.fee, call.sender, call.gasLimit, call.payload
        );
        (sequence, messageId) = _append(call.destinationChainId, word, call.sender, message);

        if (call.amount != 0) _takeIn(route, call.assetId, call.sender, call.amount);
        else if (msg.value != 0) revert ValueWrong(msg.value, 0);
    }

    /// @inheritdoc ITransfers
    function deliver(bytes32 lane, uint64 firstSequence, bytes calldata messages, Certificate calldata certificate)
        external
        nonReentrant
    {
        if (messages.length == 0) revert Messages.NoMessages();
        Inbound storage state = _openInbound(lane);
        AssetWord asset = _firstAsset(messages.start());
        (bytes32 rollingHash, uint256 count, bool whole) = messages.fold(state.rollingHash, asset.most(), address(_gateway));
        uint64 lastSequence;
        unchecked {
            // Nobody signed for a sequence that a false first one leads to.
            lastSequence = uint64(firstSequence + count - 1);
        }
        bool alert = _requireQuorum(lane, lastSequence, rollingHash, certificate);
        if (alert) _requireLaneRuns(state.sourceChainId);

        state.rollingHash = rollingHash;
        emit MessagesDelivered(lane, firstSequence, lastSequence, rollingHash, msg.sender);

        _takeEffects(lane, firstSequence, messages, count, whole, asset, alert);
    }

    /// @inheritdoc IHandoverReceiver
    function receiveHandover(uint32 assetId, uint256 amount) external payable nonReentrant {
        _takeOver(assetId, amount);
    }

    /// @inheritdoc ITransfers
    function retry(bytes32 lane, uint64 sequence, bytes calldata message) external nonReentrant {
        _requireLaneRuns(_openInbound(lane).sourceChainId);
        _retry(lane, sequence, message);
    }

    /// @inheritdoc ITransfers
    function refund(bytes32 lane, uint64 sequence, bytes calldata message) external nonReentrant {
        uint256 chainId = _openInbound(lane).sourceChainId;
        _requireLaneRuns(chainId);
        Deferral memory found = _consume(lane, sequence, message);
        uint256 at = message.start();
        uint64 from = found.since + REFUND_DELAY;
        if (block.timestamp < from && msg.sender != Messages.recipientAt(at)) revert RefundTooEarly(from);

        uint64 returnSequence = _sendBack(chainId, at);
        emit MessageRefunded(lane, sequence, returnSequence, msg.sender);
    }

    /// @dev What was deferred never took effect here, so nothing is taken in: the amount only turns round.
    function _sendBack(uint256 chainId, uint256 at) private returns (uint64 returnSequence) {
        uint32 assetId = Messages.assetIdAt(at);
        (uint256 amount, uint256 fee) = Messages.amountsAt(at);
        if (amount == 0) revert NothingToRefund();
        LaneWord word = _sendingWord(chainId, assetId);
        // An asset that is not registered here, or is on its way to another Bridge, has no route. What its message already pays will do.
        Route route = _routes[chainId][assetId];
        uint256 minimum = route.minimumFee(true);
        if (fee < minimum) fee = minimum;
        if (amount <= fee) revert FeeTooLow(amount, fee);
        if (route.limited()) _takeOutbound(assetId, amount);

        address sender = Messages.senderAt(at);
        (returnSequence,) = _append(chainId, word, sender, Messages.encode(assetId, sender, amount, fee, sender));
    }

    function _send(address sender, uint256 destinationChainId, uint32 assetId, address recipient, uint128 amount, uint128 fee)
        private
        returns (uint64 sequence, bytes32 messageId)
    {
        LaneWord word = _sendingWord(destinationChainId, assetId);
        Route route = _route(assetId, destinationChainId);
        if (amount == 0) revert AmountZero();
        _checkFee(amount, fee, route.minimumFee(sender == recipient));
        _checkRecipient(recipient, word, route);

        bytes memory message = Messages.encode(assetId, recipient, amount, fee, sender);
        (sequence, messageId) = _append(destinationChainId, word, sender, message);

        _takeIn(route, assetId, msg.sender, amount);
    }

    function _sendingWord(uint256 destinationChainId, uint32 assetId) private view returns (LaneWord word) {
        word = _openWord(destinationChainId);
        if (block.timestamp < word.alertUntil()) {
            _requireLaneRuns(destinationChainId);
            _requireAssetRuns(assetId);
        }
    }

    function _append(uint256 destinationChainId, LaneWord word, address sender, bytes memory message)
        private
        returns (uint64 sequence, bytes32 messageId)
    {
        Outbound storage lane = _outbound[destinationChainId];
        messageId = Lanes.fold(lane.rollingHash, keccak256(message));
        word = word.next();
        sequence = word.sequence();
        (lane.word, lane.rollingHash) = (word, messageId);
        emit MessageSent(destinationChainId, sequence, sender, messageId, message);
    }

    /// @dev A call is no part of a run, so its asset need not be known yet.
    function _firstAsset(uint256 at) private view returns (AssetWord) {
        return Messages.kindAt(at) == Messages.CALL ? AssetWord.wrap(0) : _assets[Messages.assetIdAt(at)];
    }

    function _checkFee(uint256 amount, uint256 fee, uint256 minimum) private pure {
        if (fee > amount) revert Messages.FeeAboveAmount(fee, amount);
        if (fee < minimum) revert FeeTooLow(fee, minimum);
    }

    function _checkRecipient(address recipient, LaneWord word, Route route) private view {
        if (
            recipient == address(0) || recipient == address(this) || recipient == address(_gateway) || recipient == word.remote()
                || recipient == route.token()
        ) revert RecipientRefused(recipient);
    }
}
